import Randomness
import Timelines

/// Timelines to ask about.
enum SampleTimelines {
  /// Piano throughout, drums from 10 s, bass until 21 s, strings from 30 s to 42 s; more intense from 10 s, calmer from 42 s.
  static let song = Timeline(
    trackID: "song", duration: 60,
    lanes: [
      .init(label: "piano", intervals: [Interval(0, 60)]),
      .init(label: "drums", intervals: [Interval(10, 60)]),
      .init(label: "bass", intervals: [Interval(0, 20.6)]),
      .init(label: "strings", intervals: [Interval(30, 42)]),
    ],
    sections: [
      .init(interval: Interval(0, 10), label: "a", intensity: 0.25),
      .init(interval: Interval(10, 42), label: "b", intensity: 0.75),
      .init(interval: Interval(42, 60), label: "a", intensity: 0.25),
    ])

  /// A track of five to eight sources that come and go at random.
  static func random(_ index: Int) -> Timeline {
    var random = RandomStream(seed: 41).derived(index)
    let duration = random.uniform(in: 40...60)
    let labels = ["piano", "bass", "strings", "flute", "guitar", "organ", "synth", "drums"].shuffled(using: &random)
    let lanes = labels.prefix(random.integer(in: 5...8)).map { label in
      let start = random.uniform(in: 0...(duration - 12))
      let end = random.uniform(in: (start + 3)...duration)
      return Timeline.Lane(label: label, intervals: [Interval(start, end)])
    }
    let cuts = [0, random.uniform(in: 8...15), random.uniform(in: 20...30), duration]
    let sections = zip(cuts, cuts.dropFirst()).map { start, end in
      Timeline.Section(interval: Interval(start, end), label: "", intensity: Double(random.integer(in: 0...4)) / 4)
    }
    return Timeline(trackID: "t\(index)", duration: duration, lanes: Array(lanes), sections: sections)
  }
}
