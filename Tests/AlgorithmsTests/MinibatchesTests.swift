import Randomness
import Rollouts
import Testing

struct MinibatchesTests {
  private let stream = RandomStream(seed: 7)

  @Test func oneMinibatchKeepsTheOrder() {
    #expect(Minibatches(count: 1, microbatchGroups: 3).cut(groupCount: 7, stream: stream) == [[[0, 1, 2], [3, 4, 5], [6]]])
    #expect(Minibatches(count: 1, microbatchGroups: 100).cut(groupCount: 3, stream: stream) == [[[0, 1, 2]]])
  }

  @Test(arguments: [(2, 1, 9), (3, 2, 8), (4, 5, 17), (5, 1, 5)])
  func everyGroupOnce(_ count: Int, _ microbatchGroups: Int, _ groupCount: Int) {
    let parts = Minibatches(count: count, microbatchGroups: microbatchGroups).cut(groupCount: groupCount, stream: stream)
    #expect(parts.count == count)
    #expect(parts.joined().joined().sorted() == Array(0..<groupCount))
    let sizes = parts.map { $0.joined().count }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    #expect(parts.joined().allSatisfy { !$0.isEmpty && $0.count <= microbatchGroups })
  }

  @Test func shufflesByTheStreamAlone() {
    let minibatches = Minibatches(count: 2, microbatchGroups: 4)
    let first = minibatches.cut(groupCount: 32, stream: stream)
    #expect(first == minibatches.cut(groupCount: 32, stream: stream))
    #expect(first != minibatches.cut(groupCount: 32, stream: stream.derived(1)))
    #expect(Array(first.joined().joined()) != Array(0..<32))
  }

  @Test func fewGroupsMakeFewMinibatches() {
    #expect(Minibatches(count: 4, microbatchGroups: 2).cut(groupCount: 2, stream: stream).count == 2)
    #expect(Minibatches(count: 4, microbatchGroups: 2).cut(groupCount: 0, stream: stream).isEmpty)
  }
}
