import Algorithms
import Options
import Policies
import Testing

struct AlgorithmCatalogTests {
  @Test func namesAreDistinct() {
    #expect(Set(AlgorithmFixture.names).count == AlgorithmFixture.names.count)
    #expect(AlgorithmFixture.names.count == 20)
    for type in AlgorithmCatalog.builtIn.all { #expect(AlgorithmCatalog.builtIn[type.name] == type) }
  }

  @Test func unknownNameIsAnIssueThatNamesTheKnownOnes() {
    let (algorithm, issues) = AlgorithmFixture.read("grpoo", [:])
    #expect(algorithm == nil)
    #expect(issues.count == 1)
    #expect(issues[0].message.contains("dr-grpo"))
  }

  @Test(arguments: AlgorithmFixture.names, Profile.allCases)
  func everyAlgorithmUnderEveryProfile(_ name: String, _ profile: Profile) throws {
    let algorithm = try AlgorithmFixture.make(name, ["profile": .text(profile.rawValue)])
    // What the toolkits' own configurations say of it is in `ProfileDefaultsTests`.
    let isPenalised = profile.choices(for: name).klCoefficient > 0
    #expect(algorithm.requirements.contains(.referencePolicy) == isPenalised)
    #expect(algorithm.requirements.contains(.valueHead) == (name == "ppo"))
    #expect(algorithm.requirements.contains(.greedyRewards) == (name == "remax"))
    let alone: Set<String> = ["ppo", "reinforce", "reinforce++", "remax"]
    // ms-swift's REINFORCE++ always subtracts the group's mean.
    let isGrouped = !alone.contains(name) || (profile == .msSwift && name == "reinforce++")
    #expect(algorithm.requirements.contains(.groups) == isGrouped)
    #expect(algorithm.schedule.epochs >= 1)
    let (outputs, targets) = Minibatch.random(lengths: [4, 3, 6], hasValues: name == "ppo")
    let (cotangents, report) = algorithm.objective.evaluate(outputs, targets)
    #expect(report.loss.isFinite)
    #expect(cotangents.logProbabilities.contains { $0 != 0 })
    #expect(cotangents.values.contains { $0 != 0 } == (name == "ppo"))
  }

  @Test(arguments: AlgorithmFixture.names)
  func strayAndForeignOptionsAreIssues(_ name: String) {
    let (_, stray) = AlgorithmFixture.read(name, ["clip-hihg": .number(0.3)])
    #expect(stray.map(\.path) == ["clip-hihg"])
    let (_, outside) = AlgorithmFixture.read(name, ["maximum-gradient-norm": .number(-1), "profile": .text("vrel")])
    #expect(Set(outside.map(\.path)) == ["maximum-gradient-norm", "profile"])
    let (_, nested) = AlgorithmFixture.read(name, ["kl": AlgorithmFixture.map(["coefficient": .number(-0.1)]).content])
    #expect(nested.map(\.path) == ["kl.coefficient"])
  }

  @Test func optionsOverrideTheProfile() throws {
    let algorithm = try AlgorithmFixture.make(
      "grpo",
      [
        "profile": .text("verl"), "clip-high": .number(0.5), "scale": .text("none"), "aggregation": .text("constant-length"),
        "constant-length": .number(10), "epochs": .number(3), "target-kl": .number(0.02),
      ])
    let surrogate = try #require(algorithm.objective.summands.first?.term as? ClippedSurrogate)
    #expect(surrogate.clipLow == 0.2 && surrogate.clipHigh == 0.5 && surrogate.dualClip == 3 && surrogate.logRatioLimit == 20)
    #expect(algorithm.advantage.firsts(EstimatorBatch(rewards: [1, 0], groupSize: 2)) == [0.5, -0.5])
    #expect(algorithm.aggregation.tokenWeights(sequenceLengths: [3, 2], of: nil) == [0.05, 0.05])
    #expect(algorithm.schedule == UpdateSchedule(epochs: 3, minibatches: 1, maximumGradientNorm: 1, targetKL: 0.02))
  }

  @Test func algorithmsWithoutRatioRefuseOldRollouts() {
    for name in ["reinforce", "gpg"] {
      let (_, issues) = AlgorithmFixture.read(name, ["epochs": .number(2)])
      #expect(issues.map(\.path) == ["epochs"])
    }
  }

  @Test func overlongBufferMustFitTheLimit() {
    let overlong = AlgorithmFixture.map(["buffer": .number(30), "limit": .number(20)]).content
    let (_, issues) = AlgorithmFixture.read("dapo", ["overlong": overlong])
    #expect(issues.map(\.path) == ["overlong.buffer"])
  }

  @Test func selections() throws {
    #expect(try AlgorithmFixture.make("dapo").selection.tiedGroups == .refill)
    let masking = try AlgorithmFixture.make("grpo", ["mask-truncated": .flag(true)]).selection
    var cut = EstimatorInput(reward: 1, length: 5)
    cut.isTruncated = true
    #expect(masking.countedLengths([cut, EstimatorInput(reward: 0, length: 3)]) == [0, 3])
    #expect(try AlgorithmFixture.make("grpo").selection.countedLengths([cut]) == [5])
  }
}
