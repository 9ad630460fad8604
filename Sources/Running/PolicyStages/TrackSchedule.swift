package import Randomness

/// Which tracks each step uses: every track once an epoch, in an order that the seed and the epoch give.
package struct TrackSchedule: Sendable {
  let count: Int
  let perStep: Int
  let stream: RandomStream

  package init(count: Int, perStep: Int, stream: RandomStream) {
    self.count = count
    self.perStep = perStep
    self.stream = stream
  }

  /// Indices in `0..<count`, `perStep` of them; a step may straddle two epochs.
  package func tracks(step: Int) -> [Int] {
    let first = step * perStep
    var orders: [Int: [Int]] = [:]
    return (first..<first + perStep).map { position in
      let epoch = position / count
      if orders[epoch] == nil { orders[epoch] = order(epoch) }
      return orders[epoch]?[position % count] ?? 0
    }
  }

  private func order(_ epoch: Int) -> [Int] {
    var generator = stream.derived(epoch)
    return Array(0..<count).shuffled(using: &generator)
  }

  /// Up to `wanted` of `count` tracks at even distances: neighbours may be excerpts or variations of one piece.
  package static func spread(_ wanted: Int, over count: Int) -> [Int] {
    let taken = min(wanted, count)
    return (0..<taken).map { $0 * count / taken }
  }

  /// The schedule of further tracks for a step, in an order of its own.
  func refill(_ round: Int) -> TrackSchedule {
    TrackSchedule(count: count, perStep: perStep, stream: stream.derived(0x7265, round))
  }
}
