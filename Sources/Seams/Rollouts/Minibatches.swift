package import Randomness

/// How a batch of groups is cut into optimiser steps, and those into passes that fit into memory.
///
/// Groups stay whole, so that a policy computes each prompt once. Minibatches differ by at most one group in size; there are
/// fewer of them where there are fewer groups. One minibatch keeps the order of the batch; several are drawn at random.
package struct Minibatches: Sendable, Hashable {
  /// Optimiser steps a pass, at least 1.
  package var count: Int
  /// Groups in one forward and backward pass, at least 1.
  package var microbatchGroups: Int

  package init(count: Int, microbatchGroups: Int) {
    precondition(count >= 1, "a pass has at least one minibatch")
    precondition(microbatchGroups >= 1, "a microbatch has at least one group")
    self.count = count
    self.microbatchGroups = microbatchGroups
  }

  /// Minibatches → microbatches → indices of groups; every group once.
  package func cut(groupCount: Int, stream: RandomStream) -> [[[Int]]] {
    guard groupCount > 0 else { return [] }
    var order = Array(0..<groupCount)
    if count > 1 {
      var stream = stream
      order.shuffle(using: &stream)
    }
    let parts = min(count, groupCount)
    return (0..<parts).map { part in
      let members = order[(part * groupCount / parts)..<((part + 1) * groupCount / parts)]
      return stride(from: members.startIndex, to: members.endIndex, by: microbatchGroups).map { start in
        Array(members[start..<min(start + microbatchGroups, members.endIndex)])
      }
    }
  }
}
