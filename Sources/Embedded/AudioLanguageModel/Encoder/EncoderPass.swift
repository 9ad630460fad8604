import Synchronization
import Tensors

/// A forward pass of the encoder over a few tracks that waits for the derivative of the loss.
final class EncoderPass: Sendable {
  /// The head outputs of each track.
  let heads: [Tensor]

  private struct Pending {
    let tape: Tape
    let heads: Variable
  }

  // A tape belongs to one thread at a time: forward and backward may run on different ones.
  private let pending: Mutex<Pending?>

  init(_ encoder: MusicEncoder, _ spectrograms: [Tensor]) {
    let tape = Tape(parameters: encoder.parameters, recordsGradients: true)
    let outputs = encoder.outputs(of: spectrograms, on: tape)
    heads = outputs.tracks.map(outputs.heads.value.rows)
    pending = Mutex(Pending(tape: tape, heads: outputs.heads))
  }

  /// Runs backward, once, from the derivative by each track's head outputs.
  func gradients(for derivatives: ArraySlice<Tensor>) -> Gradients {
    pending.withLock { pending in
      guard let pass = pending else { preconditionFailure("a forward pass goes backward once") }
      pending = nil
      let seed = Tensor(shape: pass.heads.shape, values: derivatives.flatMap(\.values))
      return pass.tape.backward([(pass.heads, seed)])
    }
  }
}
