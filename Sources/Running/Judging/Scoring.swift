package import Experiments
import Files
import Foundation
import Options
import Questions
import Rewards

/// Rewards for any model's completions, offline: `takt answers score`.
package struct Scoring: Sendable {
  /// Bytes of scores that are kept back at most.
  private static let pieceLength = 1 << 16

  private let questions: KeyedQuestions
  private let composition: Composition

  /// Reads all questions; a file of rewards or of questions with an error is refused with its line.
  ///
  /// - Parameter baselines: a file of baselines or a run's folder; without it they are fitted to the questions.
  package init(
    questions path: String, rewards file: String, baselines: String? = nil, plugins: Plugins = .current
  ) throws {
    var composition = try Composition(rewards: file, baselines: baselines, plugins: plugins, by: "takt answers score")
    questions = try KeyedQuestions(path: path, tasks: plugins.tasks)
    composition.fit(to: questions.all, of: path)
    self.composition = composition
  }

  /// What is wrong with the rewards and was allowed in their file.
  ///
  /// Also what baselines stand on, and which tasks of the questions no reward judges.
  package var warnings: [String] { composition.warnings + composition.spec.unjudgedTasks(of: questions.all) }

  /// Scores completion by completion, writing a line each as it goes, and returns a summary.
  ///
  /// Lines are read, judged and written on all processors, in order; adaptive rewards, and `skipsBad`, judge on one. Throws at the first line
  /// that is no completion or whose id is unknown or was there before, and at the end where a question has none, unless `skipsBad`: then such
  /// lines and questions are left out and said in the summary. The file `output` appears when all is scored; after an error, what was scored
  /// before it is in `NAME.partial`. `progress` is called with bytes read and their whole number.
  package func score(
    completions path: String, to output: String?, skipsBad: Bool = false, threads: Int = processorThreads,
    progress: WorkProgress = .silent
  ) throws -> String {
    let length = (try? URL(fileURLWithPath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0
    let output = try ScoreOutput(path: output, inputs: [questions.path, path])
    let rewards = composition.spec
    let lines = try ScoreLines(labels: rewards.labels)
    var course = ScoringCourse(rewards)
    var summary = ScoringSummary(labels: rewards.labels)
    var seen = [Int](repeating: 0, count: questions.all.count)
    var intake = Intake(skipsBad: skipsBad)
    // A line that was there before is known on one thread alone, too late for what others have written.
    let (questions, isFixed) = (questions, rewards.isFixed && !skipsBad)
    // What adaptive rewards gave, on its way to the file.
    var pending = JSONBytes()
    defer { try? output.write(pending.bytes[...]) }
    // Bytes of a piece up to the last line that counts.
    var written = 0
    try JSONLines.read(
      CompletionLine.self, at: path, threads: threads,
      progress: { progress.report("scoring, bytes", $0, max($0, length)) }, scratch: ScoringPiece(labels: rewards.labels),
      work: { line, piece throws -> Result<ScoredLine, JSONLines.Refusal> in
        do {
          let line = try line.get()
          guard let place = questions.place(of: line.id, hint: piece.next) else {
            throw JSONLines.Refusal("the id '\(line.id)' is that of no question in \(questions.path)")
          }
          piece.next = place + 1
          return .success(piece.score(line, questions.all[place], at: place, by: isFixed ? rewards : nil, lines))
        } catch let refusal as JSONLines.Refusal where skipsBad {
          return .failure(refusal)
        }
      },
      finish: { piece in
        try output.write(piece.bytes.bytes[..<written])
        summary.add(piece.summary)
        written = 0
      }
    ) { (result: consuming Result<ScoredLine, JSONLines.Refusal>, number: Int) in
      let scored: ScoredLine
      switch result {
      case .success(let line): scored = line
      case .failure(let refusal):
        return try intake.refuse(JSONLines.Failure(file: path, line: number, message: refusal.description))
      }
      let place = scored.place
      guard seen[place] == 0 else {
        return try intake.refuse(
          JSONLines.Failure(
            file: path, line: number,
            message: "the id '\(questions.all[place].id)' stands on line \(seen[place]) already; one completion a question"))
      }
      seen[place] = number
      course.begin(scored)
      written = scored.written
      guard let open = scored.open else { return }
      let judgement = course.judge(open.line, open.reading, questions.all[place])
      summary.add(open.reading, judgement)
      lines.append(open.line, open.reading, judgement, form: AnswerForm(questions.all[place]), to: &pending)
      if pending.bytes.count > Self.pieceLength {
        try output.write(pending.bytes[...])
        pending.removeAll()
      }
    }
    try output.write(pending.bytes[...])
    pending.removeAll()
    guard !skipsBad || seen.contains(where: { $0 > 0 }) else {
      throw FileError(path: path, message: "answers no question of \(questions.path)")
    }
    let left = seen.count { $0 == 0 }
    for missing in seen.indices where seen[missing] == 0 {
      try intake.refuse(
        JSONLines.Failure(
          file: questions.path, line: questions.line(missing),
          message: "the question '\(questions.all[missing].id)' has no completion in \(path)"
            + (skipsBad
              ? ""
              : ", as \(left) of \(seen.count) have none; the others are scored"
                + (output.partial.map { " in \($0): --skip-bad leaves them out" } ?? ""))))
    }
    try output.finish()
    return intake.report + summary.text
      + composition.spec.shortfalls(lacking: course.lacking, isUnderWay: course.isUnderWay).map {
        "note: \($0): give 'step' with 'steps', and 'token_count', in the completions' lines\n"
      }.joined()
      + (course.goesBack && composition.spec.learns
        ? "note: steps go back in \(path), and adaptive rewards learn line by line: sort the lines by 'step' for a run's rewards\n"
        : "")
  }
}
