package import AudioLanguageModel
package import Options
package import Tensors

/// The music encoder that stage `encoder` trains.
package struct EncoderOptions: Sendable, Hashable {
  /// The shape of a new encoder; one that is gone on with has that of its file.
  package var shape = MusicEncoderConfiguration()
  /// What an encoder that is gone on with listens for from here on; empty where it keeps its own instruments.
  package var instruments: [String] = []
  /// What the level of intensity means from here on; `nil` where it keeps its meaning.
  package var intensity: IntensityMeaning?
  package var optimizer = OptimizerKind.adamw

  package init() {}

  /// - Parameter isNew: whether the encoder starts untrained.
  package init(options: inout OptionReader, isNew: Bool) {
    if isNew {
      shape = MusicEncoderConfiguration(options: &options)
    } else {
      instruments = options.words(
        "instruments", default: [], help: "what is listened for from here on; left out for what the encoder's file names")
      if Set(instruments).count != instruments.count { options.record("names an instrument twice", at: "instruments") }
      intensity = IntensityMeaning(
        rawValue: options.choice(
          "intensity", default: "kept", of: ["kept"] + IntensityMeaning.allCases.map(\.rawValue),
          help: "what the level of intensity is learnt from hereafter: the sections, or the notes, cut into levels in the end"))
    }
    optimizer = options.choice(
      "optimizer", default: optimizer,
      help: "what moves the matrices of the layers: muon orthogonalises, adamw does not; the rest is adamw's")
  }
}
