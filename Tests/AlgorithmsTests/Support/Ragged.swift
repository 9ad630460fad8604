import Algorithms
import Testing

/// Padded rows with a mask, as the toolkits have them, against ragged columns.
struct Ragged {
  let mask: [[Bool]]

  init(_ mask: [[Double]]) {
    self.mask = mask.map { row in row.map { $0 > 0 } }
  }

  init(lengths: [Int], width: Int) {
    mask = lengths.map { length in (0..<width).map { $0 < length } }
  }

  var lengths: [Int] { mask.map { row in row.count { $0 } } }

  var sequences: [Range<Int>] {
    var start = 0
    return lengths.map { length in
      defer { start += length }
      return start..<start + length
    }
  }

  /// The entries under the mask, row after row.
  func flat(_ rows: [[Double]]) -> [Double] {
    zip(rows, mask).flatMap { row, mask in zip(row, mask).filter { $0.1 }.map { $0.0 } }
  }

  /// One number a row, repeated over its tokens.
  func spread(_ numbers: [Double]) -> [Double] {
    zip(numbers, lengths).flatMap { number, length in [Double](repeating: number, count: length) }
  }

  /// Flat numbers back in rows with 0 elsewhere.
  func padded(_ flat: [Double]) -> [[Double]] {
    var next = flat.makeIterator()
    return mask.map { row in row.map { $0 ? next.next() ?? .nan : 0 } }
  }

  /// Against rows of a toolkit, whose figures outside the mask must be 0: a figure that is not looked at must not pass.
  func expectClose(
    _ flat: [Double], _ rows: [[Double]], _ tolerance: Double = 1e-9, _ note: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    AlgorithmsTests.expectClose(
      padded(flat).flatMap { $0 }, rows.flatMap { $0 }, tolerance, note, sourceLocation: sourceLocation)
  }

  func weights(_ aggregation: any LossAggregation, of batch: BatchExtent? = nil) -> [Double] {
    spread(aggregation.tokenWeights(sequenceLengths: lengths, of: batch))
  }
}

extension EstimatorInput {
  /// A completion of `length` tokens with a reward at its end.
  init(
    reward: Double?, length: Int = 1, components: [Double?] = [], values: [Double] = [], behavior: [Double]? = nil,
    reference: [Double]? = nil
  ) {
    self.init(
      reward: reward, components: components, values: values.map { Float($0) },
      behaviorLogProbabilities: behavior.map { $0.map { Float($0) } } ?? [Float](repeating: 0, count: length),
      referenceLogProbabilities: reference.map { $0.map { Float($0) } })
  }
}

extension EstimatorBatch {
  /// Rewards of completions that come group by group.
  init(rewards: [Double?], groupSize: Int, lengths: [Int]? = nil) {
    self.init(
      groups: stride(from: 0, to: rewards.count, by: groupSize).map { start in
        (start..<start + groupSize).map { EstimatorInput(reward: rewards[$0], length: lengths?[$0] ?? 1) }
      })
  }

  /// Rewards of completions that come in any order, each with the name of its group; `order` says where each went.
  static func make(rewards: [Double], group: [Int], lengths: [Int]? = nil) -> (batch: EstimatorBatch, order: [(Int, Int)]) {
    var names: [Int] = []
    var groups: [[EstimatorInput]] = []
    var order: [(Int, Int)] = []
    for (index, name) in group.enumerated() {
      let position = names.firstIndex(of: name) ?? names.count
      if position == names.count {
        names.append(name)
        groups.append([])
      }
      order.append((position, groups[position].count))
      groups[position].append(EstimatorInput(reward: rewards[index], length: lengths?[index] ?? 1))
    }
    return (EstimatorBatch(groups: groups), order)
  }
}

extension AdvantageEstimator {
  /// The advantage of the first token of each completion that has tokens, in the order of the batch.
  func firsts(_ batch: EstimatorBatch) -> [Double] {
    estimates(for: batch).flatMap { $0.compactMap(\.advantages.first) }
  }
}
