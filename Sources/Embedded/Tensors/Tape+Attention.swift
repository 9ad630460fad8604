internal import CTensorKernels
import RealModule

extension Tape {
  /// Scaled dot-product attention over a forest of segments, in `heads` heads of d/heads columns each.
  ///
  /// For a row i of a segment and the rows J it sees (those of its ancestors, then its own segment's, up to i where causal):
  ///
  ///     y_i = Σ_{j∈J} p_ij v_j,  p_i = softmax_j(q_i·k_j / √(d/heads))
  ///     ∂v_j = Σ_i p_ij ∂y_i,  ∂s_ij = p_ij (∂y_i·v_j − Σ_l p_il ∂y_i·v_l),  ∂q, ∂k from s = q·k/√(d/heads)
  ///
  /// Vaswani et al. 2017, *Attention Is All You Need*, eq. 1. Rows outside every segment give zeros.
  ///
  /// - Parameters:
  ///   - q, k, v: [n, d] each; `heads` divides d.
  ///   - segments: disjoint runs of rows; ancestors come before their descendants.
  package func treeAttention(
    _ q: Variable, _ k: Variable, _ v: Variable, segments: [AttentionSegment], heads: Int
  ) -> Variable {
    let (rows, width) = (q.value.rows, q.value.columns)
    precondition(q.shape == k.shape && q.shape == v.shape, "attention over shapes \(q.shape), \(k.shape), \(v.shape)")
    precondition(heads > 0 && width % heads == 0, "\(heads) heads do not divide \(width) columns")
    let layout = AttentionLayout(segments: segments, rows: rows, width: width, heads: heads)
    let keeps = needsGradient([q, k, v])
    var probabilities = Tensor(shape: [keeps ? layout.scoreCount : layout.largestBlock])
    var y = Tensor(shape: [rows, width])
    withPointers(q.value, k.value, v.value) { q, k, v in
      probabilities.withUnsafeMutableBufferPointer { probabilities in
        y.withUnsafeMutableBufferPointer { y in
          layout.forEachBlock { block in
            let scores = probabilities.start + (keeps ? block.scoreOffset : 0)
            layout.attend(block, q: q, k: k, v: v, scores: scores, into: y.start)
          }
        }
      }
    }
    return record(y, from: [q, k, v]) { [probabilities] dy, cotangents in
      var (dq, dk, dv) = (Tensor(shape: q.shape), Tensor(shape: k.shape), Tensor(shape: v.shape))
      var scratch = Tensor(shape: [layout.largestBlock])
      withPointers(q.value, k.value, v.value) { q, k, v in
        withPointers(probabilities, dy) { probabilities, dy in
          dq.withUnsafeMutableBufferPointer { dq in
            dk.withUnsafeMutableBufferPointer { dk in
              dv.withUnsafeMutableBufferPointer { dv in
                scratch.withUnsafeMutableBufferPointer { scratch in
                  layout.forEachBlock { block in
                    layout.differentiate(
                      block, q: q, k: k, v: v, probabilities: probabilities + block.scoreOffset, dy: dy,
                      scratch: scratch.start, dq: dq.start, dk: dk.start, dv: dv.start)
                  }
                }
              }
            }
          }
        }
      }
      cotangents.add(dq, to: q)
      cotangents.add(dk, to: k)
      cotangents.add(dv, to: v)
    }
  }
}
