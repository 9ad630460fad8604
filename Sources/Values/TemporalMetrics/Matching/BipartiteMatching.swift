/// Maximum one-to-one matching where any reference may or may not go with any estimate.
///
/// Hopcroft and Karp 1973, *An n^5/2 Algorithm for Maximum Matchings in Bipartite Graphs*: O(edges · √nodes).
package struct BipartiteMatching: Sendable {
  /// The right node matched to each left node.
  package private(set) var rightOfLeft: [Int?]
  private var leftOfRight: [Int?]
  private var distance: [Int]
  private let neighbors: [[Int]]

  /// `neighbors[l]` lists the right nodes, below `rightCount`, that left node l may take.
  ///
  /// Traps where one lies outside.
  ///
  /// The size of the matching is unique; which pairs it holds depends on the order of the lists.
  package init(neighbors: [[Int]], rightCount: Int) {
    precondition(neighbors.allSatisfy { $0.allSatisfy { (0..<rightCount).contains($0) } }, "a neighbour is a right node")
    self.neighbors = neighbors
    rightOfLeft = Array(repeating: nil, count: neighbors.count)
    leftOfRight = Array(repeating: nil, count: rightCount)
    distance = Array(repeating: 0, count: neighbors.count)
    while findsLayers() {
      for left in neighbors.indices where rightOfLeft[left] == nil { _ = extend(from: left) }
    }
  }

  /// Every pair of indices for which `matches` holds is an edge.
  package init(leftCount: Int, rightCount: Int, where matches: (Int, Int) -> Bool) {
    self.init(
      neighbors: (0..<leftCount).map { left in (0..<rightCount).filter { matches(left, $0) } }, rightCount: rightCount)
  }

  /// Number of pairs.
  package var size: Int { rightOfLeft.count { $0 != nil } }

  /// The pairs, by left node.
  package var pairs: [(left: Int, right: Int)] {
    rightOfLeft.enumerated().compactMap { left, right in right.map { (left, $0) } }
  }

  /// True where an augmenting path exists; sets each left node's distance from the free left nodes.
  private mutating func findsLayers() -> Bool {
    var queue = rightOfLeft.indices.filter { rightOfLeft[$0] == nil }
    for left in rightOfLeft.indices { distance[left] = rightOfLeft[left] == nil ? 0 : Int.max }
    var head = 0
    var isAugmentable = false
    while head < queue.count {
      let left = queue[head]
      head += 1
      for right in neighbors[left] {
        guard let next = leftOfRight[right] else {
          isAugmentable = true
          continue
        }
        if distance[next] == Int.max {
          distance[next] = distance[left] + 1
          queue.append(next)
        }
      }
    }
    return isAugmentable
  }

  /// Follows one shortest augmenting path, if there is one, and flips it.
  private mutating func extend(from left: Int) -> Bool {
    for right in neighbors[left] {
      let next = leftOfRight[right]
      let isOnLayer = next.map { distance[$0] == distance[left] + 1 } ?? true
      guard isOnLayer, next.map({ extend(from: $0) }) ?? true else { continue }
      rightOfLeft[left] = right
      leftOfRight[right] = left
      return true
    }
    distance[left] = Int.max
    return false
  }
}
