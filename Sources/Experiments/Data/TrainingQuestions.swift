import MusTBench
import Questions
import Randomness
import Tensors
import Timelines

/// Questions about the tracks that an experiment learns from, made without their sound.
enum TrainingQuestions {
  /// Every question of the experiment's tasks about every training track, as its baselines are fitted to.
  static func all(of file: ExperimentFile, progress: WorkProgress) throws -> [Question] {
    let source = try TrackSplits(file.tracks).train
    var timelines: [Timeline] = []
    for start in stride(from: 0, to: source.count, by: chunk) {
      timelines += try parallelShards(min(chunk, source.count - start)) { try source.timeline(start + $0) }
      progress.report("training questions", timelines.count, source.count)
    }
    return about(timelines, tasks: file.questions.tasks).joined().map { $0 }
  }

  /// Track → its questions, the same in each run.
  static func about(_ timelines: [Timeline], tasks: [String]) -> [[Question]] {
    timelines.enumerated().map { index, timeline in
      var stream = RandomStream(seed: 0x4845_4C44).derived(index)
      return tasks.flatMap { BenchmarkTasks[$0]?.questions(for: timeline, stream: &stream) ?? [] }
    }
  }

  private static let chunk = 256
}
