import MusTBench
import Questions
import Randomness
import Testing
import Timelines

struct GlobalTemporalOrderingTests {
  private func questions(_ timeline: Timeline, seed: UInt64 = 5) -> [Question] {
    var stream = RandomStream(seed: seed)
    return GlobalTemporalOrdering().questions(for: timeline, stream: &stream)
  }

  /// When each event of the song happens.
  private let times = [
    "the drums enter": 10.0, "the intensity rises": 10, "the bass leaves": 20.6, "the strings enter": 30,
    "the strings leave": 42, "the intensity falls": 42,
  ]

  @Test func theRightLetterNamesTheOrderInTime() throws {
    for seed in 0..<30 {
      let found = questions(SampleTimelines.song, seed: UInt64(seed))
      #expect(found.count == 4)
      for question in found {
        guard case .choice(let letter) = question.references.first else { continue }
        let order = GlobalTemporalOrdering.orders[letter]
        let inOrder = try order.map { try #require(times[question.items[$0]]) }
        #expect(zip(inOrder, inOrder.dropFirst()).allSatisfy { $1 - $0 >= 3 }, "\(question)")
        #expect(question.choices[letter] == order.map { ["X", "Y", "Z"][$0] }.joined(separator: " → "))
      }
    }
  }

  @Test func theLettersStandForTheOrdersOfThePaper() {
    let names = GlobalTemporalOrdering.orders.map { $0.map { ["X", "Y", "Z"][$0] }.joined() }
    #expect(names == ["XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX"])
  }

  @Test func theTextDescribesTheItemsAndTheOrders() throws {
    let question = try #require(questions(SampleTimelines.song).first)
    let items = zip(question.items, ["X", "Y", "Z"]).map { "\($0) (\($1))" }.joined(separator: ", ")
    #expect(
      question.text
        == "Which option is the correct chronological order? \(items); "
        + "X Y Z (A), X Z Y (B), Y X Z (C), Y Z X (D), Z X Y (E), Z Y X (F)")
  }

  @Test func noTripleIsAskedTwice() {
    for index in 0..<50 {
      let found = questions(SampleTimelines.random(index), seed: UInt64(index))
      #expect(Set(found.map { Set($0.items) }).count == found.count)
    }
  }

  @Test func lettersAreRightEvenly() {
    var counts = Array(repeating: 0, count: 6)
    for index in 0..<400 {
      for question in questions(SampleTimelines.random(index), seed: UInt64(index)) {
        if case .choice(let letter) = question.references.first { counts[letter] += 1 }
      }
    }
    let mean = Double(counts.reduce(0, +)) / 6
    #expect(mean > 200)
    for count in counts { #expect(abs(Double(count) - mean) < 0.15 * mean, "\(counts)") }
  }

  @Test func eventsThatRecurAreNotAsked() {
    let twice = Timeline(
      trackID: "t", duration: 60,
      lanes: [
        .init(label: "piano", intervals: [Interval(5, 10), Interval(20, 30)]),
        .init(label: "bass", intervals: [Interval(15, 40)]),
      ], sections: [])
    #expect(questions(twice).isEmpty)
  }
}

/// Tracks with far more changes than music has.
@Suite struct ManyTransitionsTests {
  @Test func questionsAboutManyTransitionsTakeLittleTime() {
    let lanes = (0..<15).map { lane in
      Timeline.Lane(
        label: "source \(lane)",
        intervals: (0..<800).map { Interval(Double(4 * $0) + 0.2 * Double(lane), Double(4 * $0) + 0.2 * Double(lane) + 1.5) })
    }
    let timeline = Timeline(trackID: "x", duration: 3300, lanes: lanes, sections: [])
    var stream = RandomStream(seed: 1)
    let start = ContinuousClock.now
    #expect(LocalTransitionRecognition(clearance: 0.05).questions(for: timeline, stream: &stream).count > 20_000)
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test func ordersOfAThousandSourcesAreDrawnFromSome() {
    let lanes = (0..<1000).map { lane in
      Timeline.Lane(label: "source \(lane)", intervals: [Interval(3 + 3 * Double(lane), 5 + 3 * Double(lane))])
    }
    let timeline = Timeline(trackID: "x", duration: 3100, lanes: lanes, sections: [])
    var stream = RandomStream(seed: 1)
    let start = ContinuousClock.now
    let questions = GlobalTemporalOrdering().questions(for: timeline, stream: &stream)
    #expect(questions.count == 4 && Set(questions.flatMap(\.items)).count > 8)
    #expect(ContinuousClock.now - start < .seconds(30))
  }
}
