// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "takt",
  products: [
    .library(name: "Rewards", targets: ["Rewards", "Questions", "Timelines", "Options", "TemporalRewards"]),
    .library(name: "Policies", targets: ["Policies", "Training", "Algorithms", "Rollouts", "RunLogs", "Files"]),
    .library(name: "Experiments", targets: ["Experiments", "Ablations", "Comparisons", "Judging"]),
    .library(name: "ExternalPolicy", targets: ["ExternalPolicy"]),
    .library(name: "Tensors", targets: ["Tensors"]),
    // Useful alone: metrics of times, what a few seeds say, the benchmark, what rewards can be cheated of.
    .library(name: "TemporalMetrics", targets: ["TemporalMetrics", "Timelines"]),
    .library(name: "SeedStatistics", targets: ["SeedStatistics", "Randomness"]),
    .library(name: "MusTBench", targets: ["MusTBench", "Options", "Questions", "Randomness", "Timelines"]),
    .library(name: "RewardAudit", targets: ["RewardAudit", "Questions", "Rewards"]),
    .library(
      name: "Decoders",
      targets: [
        "Timelines", "Questions", "Options", "OptionFiles", "Music", "Tensors", "Training", "Rollouts", "MLflowSink",
      ]),
    .library(name: "TaktCommands", targets: ["TaktCommands"]),
    .library(name: "TaktTesting", targets: ["TaktTesting"]),
    .executable(name: "takt", targets: ["takt"]),
  ],
  // What the demo and most other packages do without; `traits: []` leaves it out. One trait and no more: a trait is a flag of every module, and
  // the build writes several flags in a random order, which would compile everything anew each time.
  traits: [
    .trait(name: "Whole", description: "the index behind `takt runs`, the log `mlflow`, `takt bench`"),
    .default(enabledTraits: ["Whole"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // Values. No module here knows what reinforcement learning is.
    .target(name: "Numbers"),
    .target(name: "Randomness"),
    .target(name: "CJSONTape", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "Files", dependencies: ["CJSONTape"]),
    .target(name: "Work", dependencies: ["Files"]),
    .target(name: "Timelines", dependencies: ["Numbers", .real]),
    .target(name: "Annotations", dependencies: ["Files", "Timelines"]),
    .target(name: "Options", dependencies: ["Numbers"]),
    .target(name: "CChildProcesses"),
    .target(name: "ChildProcesses", dependencies: ["CChildProcesses", "Numbers"]),
    .target(name: "Questions", dependencies: ["Files", "Numbers", "Timelines"]),
    .target(name: "SeedStatistics", dependencies: ["Numbers", "Randomness"]),
    .target(name: "TemporalMetrics", dependencies: ["Numbers", "Timelines", "SeedStatistics", .real]),

    // The extension points: rewards, policies, algorithms, log sinks.
    .target(name: "Rewards", dependencies: ["Files", "Timelines", "Options", "Questions"]),
    .target(
      name: "TemporalRewards",
      dependencies: ["Numbers", "Timelines", "Options", "Questions", "Rewards", "TemporalMetrics", .real],
      path: "rewards", exclude: ["README.md", "example-plugin"]),
    .target(name: "Policies"),
    .target(name: "ExternalPolicy", dependencies: ["ChildProcesses", "Files", "Numbers", "Policies", "Timelines"]),
    .target(name: "Rollouts", dependencies: ["Files", "Policies", "Randomness"]),
    .target(name: "CObjectiveKernels"),
    .target(name: "Algorithms", dependencies: ["CObjectiveKernels", "Options", "Policies", .real]),
    .target(name: "RunLogs", dependencies: ["Files", "Numbers", "Options"]),
    .target(name: "MLflowSink", dependencies: ["Files", "Numbers", "Timelines", "Options", "RunLogs"]),
    .target(name: "RunReports", dependencies: ["Numbers", "Timelines", "Questions", "RunLogs"]),

    .target(
      name: "RewardAudit",
      dependencies: [
        "Files", "Numbers", "Timelines", "Annotations", "MusTBench", "Options", "Questions", "Rewards", "TemporalMetrics",
        "SeedStatistics", "Randomness", "RunReports", .real,
      ]),

    // The loop over them.
    .target(
      name: "Training",
      dependencies: [
        "Files", "Timelines", "Options", "Questions", "Rewards", "Policies", "Rollouts", "Algorithms", "RunLogs", "Randomness",
      ]),

    .target(
      name: "Curricula", dependencies: ["Numbers", "Options", "Questions", "Rewards", "Training", "Randomness", .real]),

    // The embedded policy and what it listens to.
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CSndFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CMpg123", pkgConfig: "libmpg123", providers: [.apt(["libmpg123-dev"])]),
    .target(name: "CTensorKernels"),
    .target(
      name: "Tensors", dependencies: ["COpenBLAS", "CTensorKernels", "Files", "Numbers", "Randomness", "Work", .real]),
    .target(
      name: "Music",
      dependencies: [
        "Files", "ChildProcesses", "Numbers", "Timelines", "Randomness", "CSndFile", "CMpg123", "CTensorKernels", "Options",
        .real,
      ]),
    .target(
      name: "MusTBench",
      dependencies: [
        "Files", "Numbers", "Options", "Questions", "Randomness", "SeedStatistics", "TemporalMetrics", "Timelines",
      ]),
    .target(
      name: "Recordings",
      dependencies: [
        "Annotations", "Files", "MusTBench", "Music", "Questions", "Timelines",
      ]),
    .target(
      name: "AudioLanguageModel",
      dependencies: [
        "Numbers", "Options", "Policies", "Randomness", "Tensors", "Timelines", "Work", .real,
      ]),

    .target(
      name: "ControlProblems",
      dependencies: [
        "Algorithms", "Files", "Policies", "Randomness", "Rollouts", "Tensors", .real,
      ]),

    .target(
      name: "RunIndex",
      dependencies: [
        "Files", "Numbers", .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["Whole"])),
      ]),

    // An experiment, from its file to its run.
    .target(
      name: "Tracks",
      dependencies: [
        "Files", "Music", "Numbers", "Options", "Questions", "Randomness", "Recordings", "Timelines", "Work",
      ]),
    .target(
      name: "OptionFiles",
      dependencies: [
        "Files", "Options", "Timelines", .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "RunFolders",
      dependencies: [
        "ChildProcesses", "Files", "MusTBench", "OptionFiles", "Options", "Policies", "Questions", "Rewards", "Rollouts",
        "RunLogs", "Training",
      ]),
    .target(
      name: "ExperimentKinds",
      dependencies: [
        "Algorithms", "Curricula", "Files", "MusTBench", "Options", "Policies", "Questions", "Randomness", "Rewards",
        "RunFolders", "RunLogs", "Timelines", "Tracks", "Training", "Work",
      ]),
    .target(
      name: "ExperimentFiles",
      dependencies: [
        "Algorithms", "ExperimentKinds", "Files", "MusTBench", "OptionFiles", "Options", "Questions", "Rewards", "RunFolders",
        "RunLogs", "Tracks",
      ]),
    .target(
      name: "PolicyStages",
      dependencies: [
        "Algorithms", "Curricula", "ExperimentKinds", "MusTBench", "Options", "Policies", "Questions", "Randomness", "Rewards",
        "RunFolders", "RunLogs", "Timelines", "Tracks", "Training", "Work",
      ]),
    .target(
      name: "EncoderStages",
      dependencies: [
        "Algorithms", "AudioLanguageModel", "ExperimentKinds", "Files", "Music", "Options", "PolicyStages", "Randomness",
        "RunFolders", "RunLogs", "Tensors", "Timelines", "Tracks", "Training", "Work",
      ]),
    .target(
      name: "EmbeddedPolicies",
      dependencies: [
        "AudioLanguageModel", "ExperimentKinds", "Files", "Music", "Numbers", "Options", "Policies", "Questions", "Randomness",
        "RunFolders", "Tensors", "Timelines", "Tracks", "Training", "Work",
      ]),
    .target(
      name: "ExternalPolicies",
      dependencies: [
        "ExperimentKinds", "ExternalPolicy", "Files", "Music", "Options", "Policies", "Questions", "Rewards", "RunFolders",
        "Timelines", "Tracks", "Work",
      ]),
    .target(
      name: "BuiltInPlugins",
      dependencies: [
        "Algorithms", "Curricula", "EmbeddedPolicies", "EncoderStages", "ExperimentKinds", "ExternalPolicies", "Files",
        .byName(name: "MLflowSink", condition: .when(traits: ["Whole"])), "MusTBench", "Options", "PolicyStages", "RunLogs",
        "TemporalRewards", "Tracks",
      ]),
    .target(
      name: "Runs",
      dependencies: [
        "BuiltInPlugins", "EmbeddedPolicies", "ExperimentFiles", "ExperimentKinds", "Files", "OptionFiles", "Options",
        "Questions", "Rewards", "RunFolders", "RunIndex", "RunLogs", "Tracks", "Training", "Work",
      ]),
    .target(
      name: "ExperimentPrograms",
      dependencies: [
        "Algorithms", "AudioLanguageModel", "BuiltInPlugins", "EmbeddedPolicies", "ExperimentFiles", "ExperimentKinds", "Files",
        "OptionFiles", "Options", "Policies", "PolicyStages", "Rewards", "RunFolders",
      ]),
    .target(
      name: "Experiments",
      dependencies: [
        "BuiltInPlugins", "EmbeddedPolicies", "EncoderStages", "ExperimentFiles", "ExperimentKinds", "ExperimentPrograms",
        "ExternalPolicies", "OptionFiles", "PolicyStages", "RunFolders", "Runs", "Tracks", "Work",
      ]),
    .target(
      name: "Evaluations",
      dependencies: [
        "Annotations", "AudioLanguageModel", "Experiments", "Files", "MusTBench", "Music", "Numbers", "Options", "Questions",
        "Randomness", "RunReports", "SeedStatistics", "TemporalMetrics", "Tensors", "Timelines",
      ]),
    .target(
      name: "Comparisons",
      dependencies: [
        "Experiments", "Files", "MusTBench", "Music", "Numbers", "Options", "Questions", "Randomness", "RunLogs", "RunReports",
        "SeedStatistics", "Timelines",
      ]),
    .target(
      name: "Ablations",
      dependencies: [
        "ChildProcesses", "Comparisons", "Experiments", "Files", "MusTBench", "Options", "Rewards", "RunLogs", "RunReports",
        "TemporalRewards", "Timelines", "Training",
      ]),
    .target(
      name: "Judging",
      dependencies: [
        "Experiments", "Files", "MusTBench", "Options", "Questions", "Randomness", "RewardAudit", "Rewards", "SeedStatistics",
        "Timelines",
      ]),
    .target(
      name: "Listening",
      dependencies: [
        "Annotations", "AudioLanguageModel", "Evaluations", "Experiments", "Files", "MusTBench", "Music", "Numbers", "Options",
        "Policies", "Questions", "Randomness", "RunReports", "Tensors", "Timelines",
      ]),
    .target(
      name: "SpeedBenchmark",
      dependencies: [
        "Algorithms", "AudioLanguageModel", "ChildProcesses", "Experiments", "Files", "Judging", "MusTBench", "Music",
        "Numbers", "Options", "Policies", "Questions", "Randomness", "Rewards", "Rollouts", "SeedStatistics", "TemporalMetrics",
        "TemporalRewards", "Tensors", "Timelines", "Training", "Work",
      ]),
    .target(
      name: "PolicyChecks",
      dependencies: [
        "Experiments", "ExternalPolicy", "Files", "MusTBench", "Music", "Policies", "Questions", "Randomness", "TaktTesting",
        "Timelines",
      ]),
    .target(
      name: "CommandTexts",
      dependencies: [
        "Ablations", "Algorithms", "Experiments", "Files", "MusTBench", "Numbers", "Options", "Policies", "Questions",
        "Rewards", "Rollouts", "RunIndex", "RunLogs", "RunReports", "Timelines",
      ]),
    .target(
      name: "Rescoring",
      dependencies: [
        "Algorithms", "Curricula", "Experiments", "Files", "Options", "Policies", "Questions", "Rewards", "Rollouts",
        "RunReports", "TemporalMetrics", "Training",
      ]),
    .target(name: "CStart"),
    .target(
      name: "TaktCommands",
      dependencies: [
        "Ablations", "CStart", "CommandTexts", "Comparisons",
        .byName(name: "ControlProblems", condition: .when(traits: ["Whole"])), "Evaluations", "Experiments",
        "ExternalPolicy", "Files", "Judging", "Listening", "MusTBench", "Numbers", "Options", "PolicyChecks", "Questions",
        "Rescoring", "RewardAudit", "RunLogs",
        .byName(name: "SpeedBenchmark", condition: .when(traits: ["Whole"])), "Training",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "takt", dependencies: ["TaktCommands"]),

    // For those who write plug-ins.
    .target(
      name: "TaktTesting",
      dependencies: [
        "Numbers", "Options", "Questions", "Rewards", "Policies", "Algorithms", "RunLogs", "Timelines", "Randomness", .real,
      ]),

    // Tests, a target for each module; golden files lie beside them, read by GoldenLines.
    .target(name: "GoldenLines", path: "Tests/GoldenLines"),
    .target(name: "MaskOracle", dependencies: ["Numbers", "Timelines", .real], path: "Tests/MaskOracle"),
    .testTarget(name: "NumbersTests", dependencies: ["Numbers"]),
    .testTarget(name: "FilesTests", dependencies: ["Files"]),
    .testTarget(name: "RandomnessTests", dependencies: ["Randomness"]),
    .testTarget(
      name: "SeedStatisticsTests", dependencies: ["SeedStatistics", "Randomness"], exclude: ["Golden", "make_golden.py"]),
    .testTarget(name: "ChildProcessesTests", dependencies: ["ChildProcesses"]),
    .testTarget(name: "TimelinesTests", dependencies: ["Timelines", "Randomness"], exclude: ["Cases"]),
    .testTarget(name: "AnnotationsTests", dependencies: ["Files", "Annotations", "Timelines"]),
    .testTarget(name: "OptionsTests", dependencies: ["Options"]),
    .testTarget(
      name: "QuestionsTests", dependencies: ["Files", "MusTBench", "Options", "Questions", "Timelines", "Randomness"],
      exclude: ["Golden"]),
    .testTarget(
      name: "TemporalMetricsTests",
      dependencies: ["GoldenLines", "MaskOracle", "TemporalMetrics", "Timelines", "Randomness", .real],
      exclude: ["Golden"]),
    .testTarget(
      name: "RewardsTests", dependencies: ["Rewards", "TemporalRewards", "Questions", "Options", "Timelines", .real]),
    .testTarget(
      name: "TemporalRewardsTests",
      dependencies: [
        "GoldenLines", "MaskOracle", "TemporalRewards", "Rewards", "Questions", "Options", "Timelines", "Randomness",
        "TemporalMetrics", .real,
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "AlgorithmsTests",
      dependencies: [
        "Algorithms", "Rollouts", "Policies", "Options", "Randomness", "SeedStatistics", "TemporalMetrics", .real,
      ],
      exclude: ["Golden"]),
    // As a package outside the tree: public declarations alone.
    .testTarget(
      name: "OutsideAlgorithmTests", dependencies: ["Algorithms", "Options", "TaktTesting", .real], packageAccess: false),
    .testTarget(
      name: "OutsidePluginTests",
      dependencies: [
        "Experiments", "Music", "MusTBench", "Options", "Policies", "Questions", "Rewards", "RunLogs", "Timelines", "Training",
      ],
      packageAccess: false),
    .testTarget(
      name: "RolloutsTests", dependencies: ["Files", "Rollouts", "Policies", "Randomness"], exclude: ["Golden"]),
    .testTarget(name: "RunIndexTests", dependencies: ["RunIndex"]),
    .testTarget(name: "RunLogsTests", dependencies: ["Files", "RunLogs", "Options"], exclude: ["read_tensorboard.py"]),
    .testTarget(name: "MLflowSinkTests", dependencies: ["MLflowSink", "RunLogs", "Options"], exclude: ["serve_mlflow.py"]),
    .testTarget(name: "RunReportsTests", dependencies: ["RunReports", "RunLogs", "Questions", "Timelines"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Files", "Training", "TaktTesting", "TemporalRewards", "Rewards", "Policies", "Rollouts", "Algorithms", "Options",
        "Questions", "RunLogs", "Timelines", "Randomness",
      ]),
    .testTarget(
      name: "CurriculaTests",
      dependencies: [
        "Curricula", "Training", "TaktTesting", "TemporalRewards", "Rewards", "Policies", "Algorithms", "Options", "Questions",
        "RunLogs", "Randomness",
      ]),
    .testTarget(
      name: "ExternalPolicyTests",
      dependencies: [
        "ExternalPolicy", "Training", "TaktTesting", "TemporalRewards", "Rewards", "Policies", "Algorithms", "Options",
        "Questions", "RunLogs",
      ],
      exclude: ["faulty_policy.py", "version1_policy.py", "version2_policy.py"]),
    .testTarget(
      name: "TaktTestingTests",
      dependencies: [
        "TaktTesting", "TemporalRewards", "Rewards", "Policies", "Algorithms", "Options", "Questions", "RunLogs", "Timelines",
        "Randomness", .real,
      ]),
    .testTarget(
      name: "TensorsTests", dependencies: ["Tensors", "Randomness", "Work", .real], exclude: ["Golden", "read_safetensors.py"]),
    .testTarget(name: "MusicEncoderTests", dependencies: ["AudioLanguageModel", "Tensors", "Timelines", "Randomness", .real]),
    .testTarget(
      name: "AudioLanguageModelTests",
      dependencies: [
        "AudioLanguageModel", "Policies", "Algorithms", "MusTBench", "Tensors", "Randomness", "Timelines", "Options",
        "TaktTesting",
      ]),
    .testTarget(
      name: "MusicTests", dependencies: ["Files", "Music", "Timelines", "Randomness", "Options", "CSndFile", .real],
      exclude: ["Cases", "Golden", "make_golden.py"]),
    .testTarget(
      name: "RecordingsTests", dependencies: ["Files", "MusTBench", "Music", "Questions", "Recordings", "Timelines"]),
    .testTarget(
      name: "MusTBenchTests",
      dependencies: ["MusTBench", "Options", "Questions", "SeedStatistics", "TemporalMetrics", "Timelines", "Randomness"]),
    .testTarget(
      name: "RewardAuditTests",
      dependencies: [
        "Files", "RewardAudit", "Annotations", "TemporalRewards", "Rewards", "Questions", "Options", "Timelines", "Randomness",
      ]),
    .testTarget(name: "ControlProblemsTests", dependencies: ["ControlProblems", "Tensors", "Randomness", .real]),
    .testTarget(
      name: "TaktCommandsTests",
      dependencies: ["TaktCommands", "takt", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Ablations", "Algorithms", "AudioLanguageModel", "CommandTexts", "Comparisons", "EmbeddedPolicies", "EncoderStages",
        "Evaluations", "ExperimentFiles", "ExperimentKinds", "ExperimentPrograms", "Experiments", "ExternalPolicies", "Files",
        "Judging", "Listening", "MusTBench", "Music", "OptionFiles", "Options", "Policies", "PolicyStages", "Questions",
        "Randomness", "Rescoring", "RewardAudit", "Rewards", "Rollouts", "RunFolders", "RunLogs", "RunReports", "Runs",
        "SeedStatistics", "TaktTesting", "TemporalMetrics", "TemporalRewards", "Tensors", "Timelines", "Tracks", "Training",
      ],
      exclude: ["Golden", "Benchmark/write_parquet.py", "Benchmark/write_loose_parquet.py", "check_takt_reward.py"]),
  ],
  cxxLanguageStandard: .cxx17
)

extension Target.Dependency {
  static var real: Target.Dependency { .product(name: "RealModule", package: "swift-numerics") }
}

let cTargets = ["CJSONTape", "CChildProcesses", "CObjectiveKernels", "CTensorKernels", "CStart"]
for target in package.targets where target.type != .system && !cTargets.contains(target.name) {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
  ]
}

/// The folders of `Sources`, each of which needs those before it alone.
let layers: KeyValuePairs = [
  "Values": [
    "Numbers", "Randomness", "CJSONTape", "Files", "Work", "Timelines", "Annotations", "Options", "Questions", "SeedStatistics",
    "TemporalMetrics", "CChildProcesses", "ChildProcesses", "CTensorKernels",
  ],
  "Seams": [
    "Rewards", "Policies", "ExternalPolicy", "Rollouts", "CObjectiveKernels", "Algorithms", "RunLogs", "MLflowSink", "Training",
    "Curricula",
  ],
  "Testing": ["TaktTesting"],
  "Music": ["CSndFile", "CMpg123", "Music", "MusTBench", "Recordings", "Tracks"],
  "Embedded": ["COpenBLAS", "Tensors", "AudioLanguageModel", "ControlProblems"],
  "Running": [
    "RunReports", "RunIndex", "RewardAudit", "OptionFiles", "RunFolders", "ExperimentKinds", "ExperimentFiles", "PolicyStages",
    "EncoderStages", "EmbeddedPolicies", "ExternalPolicies", "BuiltInPlugins", "Runs", "ExperimentPrograms",
    "Experiments", "Evaluations", "Comparisons", "Ablations", "Judging", "Rescoring", "Listening", "PolicyChecks",
    "SpeedBenchmark",
  ],
  "App": ["CommandTexts", "CStart", "TaktCommands", "takt"],
]
for (layer, names) in layers {
  for target in package.targets where names.contains(target.name) { target.path = "Sources/\(layer)/\(target.name)" }
}
