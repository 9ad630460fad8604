import Policies
import Synchronization
import Tensors

/// A forward pass over one shard that waits for its cotangents.
final class ShardPass: Sendable {
  let outputs: TokenOutputs

  private struct Pending {
    let tape: Tape
    let variables: AudioTextTransformer.Outputs
  }

  // A tape belongs to one thread at a time: forward and backward may run on different ones.
  private let pending: Mutex<Pending?>

  init(_ model: AudioTextTransformer, _ shard: BatchPlan.Shard, temperature: Float, recordsGradients: Bool) {
    let tape = Tape(parameters: model.parameters, recordsGradients: recordsGradients)
    let variables = model.outputs(
      of: shard.tree, windows: shard.windows, temperature: temperature, on: tape)
    outputs = TokenOutputs(
      logProbabilities: variables.logProbabilities.value.values, entropies: variables.entropies.value.values,
      values: variables.values?.value.values ?? [])
    pending = Mutex(recordsGradients ? Pending(tape: tape, variables: variables) : nil)
  }

  /// Runs backward, once.
  func gradients(for cotangents: TokenCotangents) -> Gradients {
    pending.withLock { pending in
      guard let pass = pending else { preconditionFailure("a forward pass goes backward once, and only if it recorded") }
      pending = nil
      let count = [cotangents.logProbabilities.count]
      var seeds = [
        (pass.variables.logProbabilities, Tensor(shape: count, values: cotangents.logProbabilities)),
        (pass.variables.entropies, Tensor(shape: count, values: cotangents.entropies)),
      ]
      if let values = pass.variables.values {
        seeds.append((values, Tensor(shape: values.shape, values: cotangents.values)))
      }
      return pass.tape.backward(seeds)
    }
  }
}
