import AudioLanguageModel
import Randomness
import Tensors
import Timelines

/// A configuration that runs in a moment.
func smallConfiguration() -> MusicEncoderConfiguration {
  var configuration = MusicEncoderConfiguration()
  configuration.bands = 8
  configuration.width = 16
  configuration.headCount = 2
  configuration.feedForwardWidth = 24
  configuration.dilations = [1, 3]
  configuration.maximumFrames = 120
  configuration.instruments = ["piano", "bass"]
  return configuration
}

/// A track of 20 s in which the piano fills the lower bands and the bass the upper ones, at times drawn from the seed, louder
/// in the second half.
func toneTrack(seed: UInt64, bands: Int = 8) -> (spectrogram: Tensor, timeline: Timeline) {
  var stream = RandomStream(seed: seed)
  let duration = 20.0
  let spans = (0..<2).map { _ -> Interval in
    let start = stream.uniform(in: 2...8)
    return Interval(start, start + stream.uniform(in: 4...9))
  }
  let turn = stream.uniform(in: 8...12)
  let timeline = Timeline(
    trackID: "tones-\(seed)", duration: duration,
    lanes: [.init(label: "piano", intervals: [spans[0]]), .init(label: "bass", intervals: [spans[1]])],
    sections: [
      .init(interval: Interval(0, turn), label: "a", intensity: 0.2),
      .init(interval: Interval(turn, duration), label: "b", intensity: 0.8),
    ])
  let noise = Tensor(normal: [Int(duration * 50), bands], standardDeviation: 0.1, using: &stream)
  let spectrogram = Tensor(shape: noise.shape) { features in
    noise.withUnsafeBufferPointer { noise in
      for index in noise.indices {
        let time = Double(index / bands) / 50
        let span = spans[index % bands < bands / 2 ? 0 : 1]
        features[index] = noise[index] + (time >= span.start && time < span.end ? 1 : 0) + (time >= turn ? 0.5 : 0)
      }
    }
  }
  return (spectrogram, timeline)
}
