import Options
import Questions
import Rewards
import TemporalRewards
import Testing
import Timelines

struct WideRewardTests {
  private static let penalty = Unreadable().weighted(-1)

  private static func group(_ texts: [String], truth: Double = 50, task: String = "tsg", track: (any TrackHandle)? = nil)
    -> RewardGroup
  {
    var question = RewardSpecTests.question(.instant(truth), task: task)
    question.id = "q\(Int(truth))"
    return RewardGroup(question, responses: texts.map { Response(text: $0, tokenCount: $0.count) }, track: track)
  }

  // MARK: A group at once

  @Test func aGroupRewardFallsBackWhereAnswersHardlyDiffer() throws {
    let spec = RewardSpec {
      Diversity(); Self.penalty
    }
    let apart = try spec.judge(Self.group(["0:10", "0:10", "0:40", "maybe"]))
    #expect(apart.map { $0.components[0] } == [2.0 / 3, 2.0 / 3, 1, 1] && apart[3].total == 0)
    let alike = try spec.judge(Self.group(["0:40", "0:40"]))
    #expect(alike.map(\.total) == [0.9, 0.9], "closeness to 0:50")
    #expect(try spec.judge(Self.group(["0:40"])).map(\.total) == [0.9], "a group of one")
    #expect(try spec.judge(Self.group([])) == [])
  }

  @Test func aGroupRewardNeedsNoWaiting() async throws {
    let spec = RewardSpec {
      Diversity(); OnsetError().weighted(0.5); Self.penalty
    }
    let groups = [Self.group(["0:10", "0:20"]), Self.group(["0:50", "no idea", "1:00"], truth: 60)]
    #expect(try await spec.judge(RewardBatch(groups)) == groups.map { try spec.judge($0) })
    let flat = try spec.judge(
      groups.flatMap(\.responses).reversed(),
      to: groups.flatMap { group in group.responses.map { _ in group.question } }.reversed())
    #expect(flat.map(\.judgement) == Array(try groups.flatMap { try spec.judge($0) }.reversed()), "in any order")
  }

  // MARK: Options of a component

  private static let components: [@Sendable (any Reward) -> RewardComponent] = [
    { $0.component }, { $0.weighted(-2.5) }, { $0.on("mtr") }, { $0.on("tsg") }, { $0.gated(.readable) },
    { $0.gated(.inTrack) },
    { $0.gated(.strict) }, { $0.normalized() }, { $0.labelled("x") }, { $0.credit(.span) }, { $0.baseline() },
    {
      $0.baseline(RewardBaseline(BlindAnswers(seconds: [47]), most: 0.5, below: 0.3)).credit(.span).weighted(2).gated(.inTrack)
    },
  ]

  /// Weight, tasks, gate, normalisation, baseline and credit mean the same whatever a reward needs.
  @Test(arguments: components.indices) func optionsActOnWideRewardsAsOnFormulas(_ place: Int) async throws {
    let texts = ["0:50", "<answer>1:10</answer>", "at 0:47 I think", "9:00", "none", "maybe", "0:10-0:20, 0:40-0:50", ""]
    var intervals = RewardSpecTests.question(.intervals([Interval(10, 20)]), task: "mtr")
    intervals.id = "intervals"
    let groups = [
      Self.group(texts), Self.group(texts, truth: 99, task: "other"),
      RewardGroup(intervals, responses: texts.map { Response(text: $0) }),
    ]
    func judgements(_ one: any Reward, _ other: any Reward) async throws -> [[Judgement]] {
      var spec = RewardSpec(total: .mean) {
        Self.components[place](one); Self.components[place](other).labelled("other"); Self.penalty
      }
      spec.fitBaselines(to: groups.map(\.question))
      return try await spec.judge(RewardBatch(groups))
    }
    let formulas = try await judgements(OnsetError(), IntervalF1())
    #expect(try await judgements(Grouped(OnsetError()), Grouped(IntervalF1())) == formulas)
    #expect(try await judgements(Batched(OnsetError()), Batched(IntervalF1())) == formulas)
    #expect(try await judgements(Grouped(OnsetError()), IntervalF1()) == formulas)
  }

  // MARK: Many answers in one call

  private actor Calls {
    var counts: [Int] = []
    func note(_ count: Int) { counts.append(count) }
  }

  @Test func aBatchRewardIsCalledOnceForAllAnswersOfItsTasks() async throws {
    let calls = Calls()
    let learned = Asked { batch in
      await calls.note(batch.count)
      try await Task.sleep(for: .milliseconds(1))
      return batch.answers.map { $0.reading.answer == nil ? 0 : 1 / Double($0.response.text.count) }
    }
    let spec = RewardSpec {
      learned.on("tsg").weighted(2); OnsetError(); Self.penalty
    }
    let groups = [
      Self.group(["0:50", "so"]), Self.group(["0:10"], task: "other"), Self.group(["01:00", "60", "1:00"], truth: 60),
    ]
    let judged = try await spec.judge(RewardBatch(groups))
    #expect(await calls.counts == [5])
    #expect(judged.map { $0.map { $0.components[0] } } == [[0.25, 0], [nil], [0.2, 0.5, 0.25]])
    #expect(judged[0][0].total == 1.5 && judged[0][1].total == -1)
    let text = try await spec.judge(
      RewardBatch([RewardGroup(RewardSpecTests.question(.text("a")), responses: [Response(text: "a")])]))
    let counts = await calls.counts
    #expect(text[0][0].components[0] == nil && counts.count == 1, "not asked for kinds that it does not judge")
  }

  @Test func whatItThrowsNamesTheRewardTheQuestionAndTheRemedy() async {
    struct Unreachable: Error, CustomStringConvertible { let description = "the model's server does not answer" }
    let groups = [Self.group(["0:50", "0:51"]), Self.group(["1:00"], truth: 60)]
    await #expect {
      _ = try await RewardSpec { Asked { _ in throw Unreachable() }.labelled("judge") }.judge(RewardBatch(groups))
    } throws: { error in
      "\(error)"
        == "the reward 'judge' (asked) failed on 3 answers to 2 questions from 'q50' of the track 't' on: the model's server does "
        + "not answer; see to what it asks and go on from the last checkpoint, or take it out of `rewards`"
    }
    await #expect {
      _ = try await RewardSpec { Asked { _ in throw RewardError("too long", question: "q60", remedy: "cut the track") } }.judge(
        RewardBatch(groups))
    } throws: { "\($0)" == "the reward 'asked' failed on the question 'q60': too long; cut the track" }
  }

  @Test func aWrongNumberOfScoresAndWhatIsNoNumberAreRefused() async throws {
    let batch = RewardBatch([Self.group(["0:50", "0:51"])])
    let cases: [([Double?], String)] = [
      ([1], "the reward 'asked' gave 1 scores to 2 answers"), ([], "gave 0 scores"), ([0, 1, 0], "gave 3 scores"),
      ([0, .nan], "scores an answer to the question 'q50' nan, outside its range 0.0…1.0"), ([.infinity, 0], "inf"),
      ([1.5, 0], "1.5"),
    ]
    for (scores, words) in cases {
      await #expect { _ = try await RewardSpec { Asked { _ in scores } }.judge(batch) } throws: {
        "\($0)".contains(words) && "\($0)".contains("one score an answer")
      }
    }
    let judged = try await RewardSpec { Asked { _ in [nil, 1] } }.judge(batch)
    #expect(judged[0].map(\.total) == [nil, 1])
  }

  @Test func cancellationEndsTheWaiting() async {
    let started = AsyncStream.makeStream(of: Void.self)
    let spec = RewardSpec {
      Asked { batch in
        started.continuation.yield()
        try await Task.sleep(for: .seconds(600))
        return batch.answers.map { _ in 1 }
      }
    }
    let batch = RewardBatch([Self.group(["0:50"])])
    let task = Task { try await spec.judge(batch) }
    for await _ in started.stream { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { _ = try await task.value }
  }

  // MARK: What else a reward may see

  @Test func aRewardMayReadTheReasoning() {
    let spec = RewardSpec { GroundedReasoning() }
    let question = RewardSpecTests.question(.instant(50))
    func total(_ text: String) -> Double? { spec.judge(Response(text: text), to: question).judgement.total }
    #expect(total("<think>The drums enter at 0:50.</think><answer>0:50</answer>") == 1)
    #expect(total("<think>The drums enter at 0:49.</think>0:50") == 0)
    #expect(total("The drums enter at 0:50.</think>0:50") == 1, "the prompt opened it")
    #expect(total("0:50") == 0)
  }

  @Test(arguments: [
    ("<think> a </think>b", "a"), ("<think>a</think> x <think>b</think> 0:10", "a\nb"), ("<think>never closed", "never closed"),
    ("analysisIt is late.assistantfinal0:57", "It is late."), ("no mark", nil), ("<think></think>0:10", nil), ("", nil),
  ]) func reasoningIsWhatStandsBetweenItsMarks(_ text: String, _ reasoning: String?) {
    #expect(Response(text: text).reasoning == reasoning)
  }

  @Test func aRewardMayListen() async throws {
    let spec = RewardSpec { Loudness() }
    let track = Loudness.Track(trackID: "t", recording: "t.wav", envelope: (0..<60).map { Double($0) / 100 })
    let judged = try await spec.judge(RewardBatch([Self.group(["0:50", "0:10", "none"], track: track)]))
    #expect(judged[0].map(\.total) == [0.5, 0.1, 0])
    await #expect { _ = try await spec.judge(RewardBatch([Self.group(["0:50"])])) } throws: {
      "\($0)" == "the reward 'loudness' failed on the question 'q50': its track is no envelope; measure the track first"
    }
  }

  // MARK: Before the first step

  @Test func whatACallerLacksIsRefusedWithTheRemedy() {
    let spec = RewardSpec {
      Diversity(); Loudness(); OnsetError(); Self.penalty
    }
    let refusals = spec.refusals(offering: [], by: "takt answers score")
    #expect(
      refusals == [
        "the reward 'diversity' needs several completions of one question, which takt answers score does not have: train with "
          + "training.completions of 2 or more, or rescore a run's rollouts, or leave it out here",
        "the reward 'loudness' needs many answers in one call, and time to wait for their scores, which takt answers score does not "
          + "have: use it in training, or leave it out here",
        "the reward 'loudness' needs the track itself, which takt answers score does not have: use it in training, from a source "
          + "of exercises that carries tracks, or leave it out here",
      ])
    #expect(spec.refusals(offering: [.group, .batch, .track], by: "training") == [])
    #expect(
      RewardSpec {
        OnsetError(); CompletionLength(); ScheduledOnsetError()
      }.refusals(offering: [], by: "takt answers score") == [])
  }

  @Test func aFileMayNameAWideReward() throws {
    let catalog = try RewardCatalog.builtIn.adding([Diversity.self, Loudness.self])
    let entries = [RewardSpecTests.entry("diversity", [("spread", .number(5))]), RewardSafetyTests.penalty]
    var reader = OptionReader(OptionValue(.map([OptionEntry(key: "rewards", value: OptionValue(.list(entries)))])))
    let spec = RewardSpec(options: &reader, catalog: catalog)
    #expect(reader.closed().isEmpty && !spec.isNarrow)
    #expect(spec.warnings.count == 1 && spec.warnings[0].hasPrefix("diversity: no formula of one answer"))
    let near = try spec.judge(Self.group(["0:40", "0:43"])).map { $0.total ?? .nan }
    #expect(zip(near, [0.9, 0.93]).allSatisfy { abs($0 - $1) < 1e-12 } && near.count == 2, "the spread is less than 5 s")
    #expect(spec.unjudgedTasks(of: [RewardSpecTests.question(.instant(1))]) == [])
    #expect(spec.unjudgedTasks(of: [RewardSpecTests.question(.text("a"))]).count == 1)
    var changed = spec
    let fault = changed.set("spread", of: "diversity", to: 1)
    #expect(fault == nil)
    #expect(try changed.judge(Self.group(["0:40", "0:43"])).map(\.total) == [1, 1])
  }
}
