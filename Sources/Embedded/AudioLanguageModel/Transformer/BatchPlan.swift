import Policies
import Tensors

/// A batch of completions cut into shards of a few tracks, and the way back from shards to the batch's order.
struct BatchPlan: Sendable {
  struct Shard: Sendable {
    let windows: [AudioWindows]
    let tree: TokenTree
    /// The places of the shard's tokens among those of the batch, in the order of the tree.
    let places: [Int]
  }

  let shards: [Shard]
  let tokenCount: Int

  init(_ batch: TokenBatch<AudioPrompt>, for model: AudioTextTransformer, tracksPerShard: Int) {
    var starts: [Int] = []
    var end = 0
    var completions = batch.prompts.map { _ in [Int]() }
    for (index, completion) in batch.completions.enumerated() {
      starts.append(end)
      end += completion.count
      completions[batch.promptIndices[index]].append(index)
    }
    tokenCount = end
    shards = TrackGroups(batch.prompts, tracksPerShard: tracksPerShard).shards.compactMap { tracks in
      let order = tracks.flatMap(\.prompts).flatMap { completions[$0] }
      guard !order.isEmpty else { return nil }
      let placements = tracks.map { model.placement(of: $0.audio) }
      let tree = TokenTree(
        zip(tracks, placements).map { track, placement in
          TokenTree.Track(
            audioSeconds: placement.seconds.map { track.firstSecond + $0 },
            questions: track.prompts.map { prompt in
              .init(tokens: batch.prompts[prompt].question, completions: completions[prompt].map { batch.completions[$0] })
            })
        }, layout: model.treeLayout)
      return Shard(
        windows: zip(tracks, placements).map { AudioWindows($0.audio, at: $1, layout: model.encoder.heads) }, tree: tree,
        places: order.flatMap { starts[$0]..<starts[$0] + batch.completions[$0].count })
    }
  }

  /// The shards' outputs in the order of the batch.
  func merged(_ parts: [TokenOutputs]) -> TokenOutputs {
    let hasValues = parts.contains { !$0.values.isEmpty }
    let zeros = [Float](repeating: 0, count: tokenCount)
    var whole = TokenOutputs(logProbabilities: zeros, entropies: zeros, values: hasValues ? zeros : [])
    for (shard, part) in zip(shards, parts) {
      for (index, place) in shard.places.enumerated() {
        whole.logProbabilities[place] = part.logProbabilities[index]
        whole.entropies[place] = part.entropies[index]
        if hasValues { whole.values[place] = part.values[index] }
      }
    }
    return whole
  }

  /// A shard's share of the cotangents of a batch.
  func part(of whole: TokenCotangents, for shard: Shard) -> TokenCotangents {
    TokenCotangents(
      logProbabilities: shard.places.map { whole.logProbabilities[$0] },
      entropies: shard.places.map { whole.entropies[$0] },
      values: whole.values.isEmpty ? [] : shard.places.map { whole.values[$0] })
  }
}
