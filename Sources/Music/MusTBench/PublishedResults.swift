/// Scores that the MusTBench paper reports on its 1,264 questions (arXiv 2605.29300), as 0…1.
package enum PublishedResults {
  /// The number of MusTBench's questions, which every row is about.
  package static let questionCount = 1264

  package struct Row: Sendable, Hashable {
    package var name: String
    package var overall: Double
    /// The eight columns in the order of `BenchmarkTable.paperColumns`; `nil` where only the overall is at hand.
    package var columns: [Double]?
    /// Whether it is a stage of MusT in the paper's ablation rather than a model.
    package var isAblation: Bool

    /// The mean of the columns without CLAP; `nil` where they are not at hand.
    package var overallWithoutClap: Double? {
      guard let columns else { return nil }
      let kept = zip(BenchmarkTable.paperColumns, columns).filter { !$0.0.hasSuffix(BenchmarkMeasure.clap.name) }
      return kept.reduce(0) { $0 + $1.1 } / Double(kept.count)
    }
  }

  /// Models, best first.
  package static let models: [Row] = [
    Row(
      name: "MusT 7B", overall: 0.441, columns: [0.555, 0.625, 0.606, 0.210, 0.346, 0.672, 0.226, 0.291], isAblation: false),
    model("Gemini 2.5 Flash", 0.418), model("Gemini 2.5 Pro", 0.403), model("MusT 3B", 0.381), model("Gemini 3 Flash", 0.381),
    model("Gemini 3 Pro", 0.366), model("MusicFlamingo 8B", 0.311), model("Qwen3-Omni 30B-A3B", 0.302),
    model("Qwen2.5-Omni 7B", 0.243), model("GPT Audio 1.5", 0.235), model("GPT Audio", 0.226),
    model("AudioFlamingo-Next", 0.188), model("Qwen2.5-Omni 3B", 0.182), model("Phi-4-mm", 0.128),
  ]

  /// The stages of MusT 7B, and the ways to sample its tokens; the full model, 44.1, is among the models.
  package static let ablation: [Row] = [
    stage("MusT 7B: captions + QA, dynamic sampling", 0.419), stage("MusT 7B: uniform sampling", 0.398),
    stage("MusT 7B: QA only", 0.368), stage("MusT 7B: captions only", 0.252), stage("MusT 7B: without MusT tokens", 0.246),
    stage("MusT 7B: base", 0.243),
  ]

  private static func model(_ name: String, _ overall: Double) -> Row {
    Row(name: name, overall: overall, columns: nil, isAblation: false)
  }

  private static func stage(_ name: String, _ overall: Double) -> Row {
    Row(name: name, overall: overall, columns: nil, isAblation: true)
  }
}
