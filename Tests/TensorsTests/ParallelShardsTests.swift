import Tensors
import Testing
import Work

@Suite struct ParallelShardsTests {
  struct Failure: Error, Equatable { let shard: Int }

  @Test(arguments: [0, 1, 2, 7, 100]) func resultsComeInShardOrder(count: Int) {
    for threads in 1...3 {
      #expect(parallelShards(count, threads: threads) { $0 * $0 } == (0..<count).map { $0 * $0 })
    }
  }

  @Test func theLowestFailingShardIsTheOneReported() {
    for threads in 1...3 {
      #expect(throws: Failure(shard: 3)) {
        try parallelShards(20, threads: threads) { shard throws -> Int in
          if shard >= 3 { throw Failure(shard: shard) }
          return shard
        }
      }
    }
  }

  @Test func gradientsAreTheSameBytesFromOneAndFromTwoThreads() {
    var parameters = ParameterSet()
    let (w1, b1) = (parameters.add("w1", sample([48, 20])), parameters.add("b1", sample([48])))
    let (w2, gain) = (parameters.add("w2", sample([9, 48])), parameters.add("gain", sample([48], seed: 2)))
    let set = parameters
    let results = [1, 2].map { threads in
      let shards = parallelShards(6, threads: threads) { shard in
        let tape = Tape(parameters: set, recordsGradients: true)
        let x = tape.constant(sample([30 + shard, 20], seed: UInt64(shard)))
        let hidden = tape.gelu(tape.linear(x, tape.parameter(w1), tape.parameter(b1)))
        let normal = tape.layerNorm(hidden, gain: tape.parameter(gain), bias: tape.parameter(b1))
        let mixed = tape.treeAttention(
          normal, normal, hidden, segments: [.init(rows: 0..<20), .init(rows: 20..<30 + shard, ancestors: [0])], heads: 4)
        let tokens = (0..<30 + shard).map { Int32($0 % 9) }
        let head = tape.tokenHead(mixed, tape.parameter(w2), tokens: tokens)
        let ones = Tensor(shape: head.entropies.shape, repeating: 1)
        return tape.backward([(head.logProbabilities, ones), (head.entropies, ones)])
      }
      var sum = Gradients(for: set)
      for shard in shards { sum.add(shard) }
      return set.ids.map { sum[$0]?.values.map(\.bitPattern) }
    }
    #expect(results[0] == results[1])
    #expect(results[0].allSatisfy { $0?.contains { $0 != 0 } == true })
  }
}
