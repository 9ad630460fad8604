internal import CTensorKernels

extension Tape {
  /// Log-probability of a given token and entropy of the distribution at each row, both in nats.
  ///
  /// With logits z = (hidden · tableᵀ + bias) / temperature, p = softmax(z), y the row's token and H = −Σ p log p:
  ///
  ///     log-probability = log p_y,  ∂/∂z_k = a·(1[k=y] − p_k) − b·p_k·(log p_k + H)
  ///
  /// for derivatives a by the log-probability and b by the entropy.
  ///
  /// - Parameters:
  ///   - hidden: [n, d].
  ///   - table: [V, d], one row a token: the output matrix, which may be the embedding as well.
  ///   - bias: [V].
  ///   - tokens: n of them, each in 0..<V.
  ///   - temperature: above 0.
  /// - Returns: [n] each.
  package func tokenHead(
    _ hidden: Variable, _ table: Variable, bias: Variable? = nil, tokens: [Int32], temperature: Float = 1
  ) -> (logProbabilities: Variable, entropies: Variable) {
    let (rows, vocabulary) = (hidden.value.rows, table.value.rows)
    precondition(tokens.count == rows, "\(tokens.count) tokens for \(rows) rows")
    precondition(tokens.allSatisfy { $0 >= 0 && $0 < vocabulary }, "a token outside 0..<\(vocabulary)")
    precondition(temperature > 0 && vocabulary > 0, "a temperature of \(temperature) over \(vocabulary) tokens")
    let logits = linear(hidden, table, bias)
    return tokenStatistics(logits, tokens: tokens, temperature: temperature)
  }

  /// ``tokenHead(_:_:bias:tokens:temperature:)`` from logits [n, V] that are already there.
  package func tokenStatistics(
    _ logits: Variable, tokens: [Int32], temperature: Float = 1
  ) -> (logProbabilities: Variable, entropies: Variable) {
    let (rows, vocabulary) = (logits.value.rows, logits.value.columns)
    let scale = 1 / temperature
    var scaled = logits.value
    var normalizers = [Float](repeating: 0, count: rows)
    var entropies = Tensor(shape: [rows])
    let logProbabilities = Tensor(shape: [rows]) { logProbabilities in
      scaled.withUnsafeMutableBufferPointer { scaled in
        for row in 0..<rows {
          let line = scaled.start + row * vocabulary
          var entropy: Float = 0
          normalizers[row] = takt_log_normalizer(line, scale, vocabulary, &entropy)
          entropies[row] = entropy
          logProbabilities[row] = line[Int(tokens[row])] - normalizers[row]
        }
      }
    }
    return record(logProbabilities, entropies, from: [logits]) { [scaled, normalizers, entropies] a, b, cotangents in
      scaled.withPointer { scaled in
        let derivative = Tensor(shape: logits.shape) { derivative in
          for row in 0..<rows {
            takt_token_derivative(
              scaled + row * vocabulary, normalizers[row], entropies[row], Int(tokens[row]), a?[row] ?? 0, b?[row] ?? 0, scale,
              derivative.start + row * vocabulary, vocabulary)
          }
        }
        cotangents.add(derivative, to: logits)
      }
    }
  }
}
