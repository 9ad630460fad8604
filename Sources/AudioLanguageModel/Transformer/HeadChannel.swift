/// The order of the encoder's head outputs, and the words that each one means to the language model.
enum HeadChannel {
  static let transition = 0
  static let intensityChange = 1
  static let intensityLevel = 2
  /// Instruments in the order of the activity, entry and exit channels.
  static let instruments = ["piano", "bass", "strings", "flute", "guitar", "organ", "synth", "drums"]
  static let count = 3 + 3 * instruments.count

  /// Whether a channel marks a moment, so that the largest of several frames counts; otherwise their mean does.
  static func isEvent(_ channel: Int) -> Bool {
    channel == transition || channel == intensityChange || channel >= 3 + instruments.count
  }

  /// Words whose embeddings, summed and multiplied by `weight`, are what a channel adds to an audio token at first.
  static func meaning(of channel: Int) -> (words: [String], weight: Float) {
    switch channel {
    case transition: return (["change"], 1)
    case intensityChange: return (["energy", "up"], 1)
    case intensityLevel: return (["energy", "arousal", "highest"], 1)
    default:
      let (kind, instrument) = (channel - 3).quotientAndRemainder(dividingBy: instruments.count)
      let name = instruments[instrument]
      switch kind {
      case 0: return ([name], 1)
      case 1: return ([name, "enter", "start"], 2)
      default: return ([name, "leave", "stop"], 2)
      }
    }
  }
}
