public import ExperimentKinds
import MusTBench
public import Policies
import Questions
import Randomness
package import RunFolders
import Timelines
public import Tracks
import Training

/// A policy at work in a run: what it hears, what it is asked, how its answers score.
public struct PolicyRun<Loaded: LoadedPolicy>: Sendable {
  public typealias Prompt = Loaded.Learner.Prompt

  public let loaded: Loaded
  public let answering: AnsweringOptions
  public let resources: RunResources

  package init(_ loaded: Loaded, _ answering: AnsweringOptions, _ resources: RunResources) {
    self.loaded = loaded
    self.answering = answering
    self.resources = resources
  }

  public var policy: Loaded.Learner { loaded.policy }

  /// All tracks of a source, as the policy hears them, with what the source asks about each.
  public func tracks(of source: any TrackSource, title: String) async throws -> RunTracks<Loaded.Track> {
    let tracks = try await loaded.tracks(of: source, title: title, progress: resources.progress)
    let given = tracks.isEmpty ? nil : try source.questions(0)
    guard given != nil else { return RunTracks(tracks, given: nil) }
    let questions = try tracks.indices.map { try source.questions($0) ?? [] }
    for question in questions.joined() where answering.choice.asks(question) { try loaded.check(question) }
    return RunTracks(tracks, given: questions)
  }

  /// The questions of an evaluation about these tracks, the same in each run.
  public func heldOut(_ tracks: RunTracks<Loaded.Track>) -> HeldOut<Prompt> {
    let asked = tracks.tracks.enumerated().flatMap { index, track in
      FixedQuestions.about(track.timeline, index: index, choice: answering.choice, given: tracks.questions(index))
        .map { (question: $0, track: index) }
    }
    let loaded = loaded
    return HeldOut(asked.map(\.question), answering, seed: RandomStream(seed: resources.seed).seed(for: [0xE7A1])) {
      try loaded.prompt(for: asked[$0].question, about: tracks.tracks[asked[$0].track])
    }
  }

  /// Says which tasks no training track can be asked about; throws where that is true of all, with what the tracks offer.
  func checkAsked(_ tracks: RunTracks<Loaded.Track>) throws {
    let choice = answering.choice
    let unasked = choice.names.indices.filter { offered(choice, task: $0, in: tracks, atMost: 1).isEmpty }
    guard !unasked.isEmpty, tracks.count > 0 else { return }
    let names = unasked.map { choice.names[$0] }
    guard unasked.count == choice.names.count else {
      resources.findings.warn(
        "no training track can be asked \(names.joined(separator: " or ")): \(Self.causes(choice, names)); the others are asked alone"
      )
      return
    }
    var all = choice
    (all.categories, all.times) = ([], 0...InputLimit.duration)
    let offers = names.indices.map { place in
      let kinds = Set(offered(all, task: place, in: tracks, atMost: 200).map(\.category)).sorted()
      return kinds.isEmpty
        ? "\(names[place]): nothing"
        : "\(names[place]): \(kinds.map { $0.isEmpty ? "no category" : $0 }.joined(separator: ", "))"
    }
    throw resources.findings.refusal(
      "no training track can be asked anything: \(Self.causes(choice, names)). Without bounds the tracks offer "
        + offers.joined(separator: "; "))
  }

  private static func causes(_ choice: QuestionChoice, _ names: [String]) -> String {
    var bounds: [String] = []
    if !choice.categories.isEmpty { bounds.append("questions.categories [\(choice.categories.joined(separator: ", "))]") }
    if choice.times != 0...InputLimit.duration {
      bounds.append("answers from \(choice.times.lowerBound) to \(choice.times.upperBound) s")
    }
    let bounded = bounds.isEmpty ? "" : ", or \(bounds.joined(separator: " and ")) leave none"
    let sections = names.contains(MoodTrajectoryReasoning.name) ? " (mtr needs sections with intensity)" : ""
    return "they hold nothing that it asks about\(sections)\(bounded)"
  }

  /// The first questions of a task that tracks offer.
  private func offered(
    _ choice: QuestionChoice, task: Int, in tracks: RunTracks<Loaded.Track>, atMost count: Int
  ) -> [Question] {
    var found: [Question] = []
    for (index, track) in tracks.tracks.enumerated() where found.count < count {
      var stream = RandomStream(seed: resources.seed).derived(0x4F46_4652, index)
      found += choice.questions(ofTask: task, about: track.timeline, given: tracks.questions(index), stream: &stream)
    }
    return found
  }

  /// The questions about `count` training tracks that are measured beside the held-out ones.
  public func learnt(_ count: Int, of tracks: RunTracks<Loaded.Track>) -> HeldOut<Prompt> {
    heldOut(tracks.selection(TrackSchedule.spread(count, over: tracks.count)))
  }

  /// Scores on held-out tracks, and greedy ones on tracks that are learnt from.
  public func metrics(on heldOut: HeldOut<Prompt>, _ learnt: HeldOut<Prompt>) async throws -> [String: Double] {
    try await heldOut.metrics(of: policy)
      .merging(try await learnt.metrics(of: policy, decodings: [.greedy], prefix: "training")) { held, _ in held }
  }

  /// Which tracks each step learns from.
  func schedule(_ training: TrainingOptions, over count: Int) -> TrackSchedule {
    TrackSchedule(
      count: count, perStep: training.tracksPerStep, stream: RandomStream(seed: resources.seed).derived(0x7472))
  }

  /// Answers of the policy as it is on the held-out tracks.
  package func scores(phase: HeldOutRecord.Phase) async throws -> [HeldOutRecord] {
    try await heldOut(try await heldOutTracks()).scored(policy, phase: phase, progress: resources.progress)
  }

  private func heldOutTracks() async throws -> RunTracks<Loaded.Track> {
    try await tracks(of: try resources.tracks.splits().test, title: "held-out tracks")
  }

  /// Takes the policy through a stage, and leaves what it has learnt and its scores.
  func learn(_ stage: some PolicyStageKind, in run: some StageRun) async throws -> StageLoop.Ending {
    let start = await startToScore()
    let ending = try await stage.train(self, in: run)
    guard ending == .finished else { return ending }
    try run.directory.sumRollouts()
    try run.directory.store(result: try await loaded.encodedResult(), as: Loaded.result, export: stage.exportFile)
    try await score(beside: start, in: run)
    return ending
  }

  /// Makes the scores of a run again that is trained to its end, from what it started from and what it left.
  func scoreAgain(_ stage: some PolicyStageKind, in run: some StageRun) async throws -> StageLoop.Ending {
    if !loaded.resultIsExact, try run.stepsDone == run.training.steps { return try await learn(stage, in: run) }
    let start = await startToScore()
    try await loaded.take(result: try run.directory.result(as: Loaded.result))
    try await score(beside: start, in: run)
    return .finished
  }

  /// The policy as the run found it; `nil` where nobody scores it: a copy of a large model is not made for nothing.
  private func startToScore() async -> Loaded.Learner.Frozen? {
    loaded.isTrained && resources.tracks.holdsOut ? await policy.frozen() : nil
  }

  /// Scores the start and the end on the held-out tracks, and writes `evaluation.jsonl`.
  private func score(beside start: Loaded.Learner.Frozen?, in run: some StageRun) async throws {
    let heldOut = heldOut(try await heldOutTracks())
    guard !heldOut.questions.isEmpty else { return }
    var scored = try await heldOut.scored(policy, phase: .end, progress: resources.progress)
    if let start { scored = try await heldOut.scored(start, phase: .start, progress: resources.progress) + scored }
    try run.directory.store(scored)
  }
}
