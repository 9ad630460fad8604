import MusTBench
import Questions
import Randomness
import Testing

struct BalancedSelectionTests {
  private func question(_ number: Int, _ task: String, _ reference: Answer) -> Question {
    Question(
      id: "\(task)\(number)", trackID: "t\(number)", task: task, text: "", kind: reference.kind,
      choices: reference.kind == .choice ? ["a", "b", "c", "d"] : [], references: [reference], duration: 60)
  }

  private func counts(_ questions: [Question]) -> [String: Int] {
    questions.reduce(into: [:]) { $0[AnswerBin($1).label, default: 0] += 1 }
  }

  @Test func timesAreFlattened() {
    // 30 onsets in the first six seconds, 10 in the next, 5 in the third.
    let times = [3.0, 8, 14]
    let questions = zip(times, [30, 10, 5]).flatMap { time, count in
      (0..<count).map { question(Int(time) * 100 + $0, "tsg", .instant(time)) }
    }
    let kept = BalancedSelection(kept: 0.5).selection(of: questions, stream: RandomStream(seed: 1))
    #expect(counts(kept) == ["0:00–0:06": 9, "0:06–0:12": 9, "0:12–0:18": 5])
    #expect(BlindScore.best(for: kept)[0].score < 0.4)
    #expect(BlindScore.best(for: questions)[0].score > 0.6)
    #expect(kept.map(\.id) == questions.map(\.id).filter(Set(kept.map(\.id)).contains))
    #expect(BalancedSelection(kept: 1).selection(of: questions, stream: RandomStream(seed: 1)).count == 45)
  }

  @Test func lettersKeepAllThatIsEven() {
    let questions = [50, 48, 47, 45].enumerated().flatMap { letter, count in
      (0..<count).map { question(letter * 100 + $0, "ltr", .choice(letter)) }
    }
    let kept = BalancedSelection(kept: 0.5).selection(of: questions, stream: RandomStream(seed: 1))
    #expect(counts(kept) == ["A": 45, "B": 45, "C": 45, "D": 45])
  }

  @Test func theLimitHoldsForEachTaskAndTheSameSeedDrawsTheSame() {
    let questions = (0..<40).map { question($0, "tsg", .instant(Double($0))) }
    let selection = BalancedSelection(kept: 0.5, limit: 10)
    let kept = selection.selection(of: questions, stream: RandomStream(seed: 1))
    #expect(kept.count == 10)
    #expect(kept == selection.selection(of: questions, stream: RandomStream(seed: 1)))
    #expect(kept != selection.selection(of: questions, stream: RandomStream(seed: 2)))
  }
}

struct TrackSplitTests {
  /// Computed apart, from the published constants of FNV-1a and SplitMix64.
  @Test func aTrackIsWhereItsHashPutsIt() {
    let names = ["song", "composed-0-0", "composed-0-1", "composed-0-2", "composed-0-3", "a", ""]
    #expect(names.map(TrackSplit.standard.part) == ["train", "train", "validation", "train", "train", "train", "train"])
  }

  @Test func excerptsGoWithTheirPiece() {
    for index in 0..<100 {
      let part = TrackSplit.standard.part(ofTrack: "song\(index)")
      #expect(TrackSplit.standard.part(ofTrack: "song\(index)@12-72") == part)
      #expect(TrackSplit.standard.part(ofTrack: "song\(index)@0-60") == part)
    }
    #expect(TrackSplit.piece(ofTrack: "@home") == "@home")
    #expect(TrackSplit.piece(ofTrack: "me@home@0-60") == "me@home")
  }

  @Test func variationsGoWithTheirPiece() {
    var parts: Set<String> = []
    for piece in 0..<60 {
      let found = Set(
        (0...8).map { number -> String in
          var asked = Question(
            id: "q", trackID: number == 0 ? "piece\(piece)" : "piece\(piece)-v\(number)@0-60", task: "tsg", text: "",
            kind: .instant, references: [.instant(1)], duration: 60)
          asked.family = "digest\(piece)"
          return TrackSplit.standard.part(of: asked)
        })
      #expect(found.count == 1)
      parts.formUnion(found)
    }
    #expect(parts == ["train", "validation", "test"])
  }

  @Test func sharesAreWhatWasAskedFor() {
    let parts = (0..<10_000).map { TrackSplit.standard.part(ofTrack: "composed-7-\($0)") }
    #expect(abs(parts.count { $0 == "train" } - 8000) < 160)
    #expect(abs(parts.count { $0 == "test" } - 1000) < 120)
  }
}
