import ArgumentParser
import CommandTexts
import Evaluations
import Experiments
import Files
import Foundation
import Listening
import MusTBench
import Options
import Questions

struct QuestionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questions",
    abstract: "About tracks: takt questions make --composed 20",
    discussion: """
      MusTBench's five tasks from annotated tracks, balanced so that no answer wins by being frequent.

      EXAMPLES
        takt questions make --composed 200 --output questions.jsonl       from composed tracks (`takt tracks compose` renders them)
        takt questions make data/real-midi timelines.jsonl --tasks tsg mtr --output questions.jsonl
        takt questions filter questions.jsonl --task mtr --min-duration 60 --output long-mtr.jsonl
        takt questions split questions.jsonl --output parts               parts/train.jsonl, validation.jsonl, test.jsonl
        takt questions inspect questions.jsonl

      A timeline is a JSON object, one a line in .jsonl or one a file in .json; times in seconds, intensity 0…1:
        {"track_id": "song", "duration": 222.4, "audio": "song.flac",
         "lanes": [{"label": "piano", "intervals": [[0, 57.2], [80, 222.4]]}],
         "sections": [{"start": 0, "end": 57.2, "label": "verse", "intensity": 0.25}, …]}
      `audio`, `label` of a section, and one of `lanes` and `sections` may be missing.

      A .lab, .jams or .txt annotation gives a lane for each of its labels; it may begin after 0 s.
      """.manual,
    subcommands: [Make.self, Filter.self, Split.self, Inspect.self])

  /// Where questions go.
  struct Output: ParsableArguments {
    @Option(help: "File for the questions; default standard output.")
    var output: String?

    @Option(help: "takt keeps everything; mustbench has the columns of the benchmark's own table.")
    var columns = ColumnsArgument.takt

    func write(_ questions: [Question]) throws {
      if let output {
        try QuestionFile.write(questions, to: output, columns: columns.columns)
        note("\(output): \(questions.count) questions\n")
      } else {
        print(try QuestionFile.text(of: questions, columns: columns.columns), terminator: "")
      }
    }
  }

  struct Make: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Questions about annotated tracks, balanced so that no answer wins by being frequent.",
      usage: "takt questions make [<tracks> ...] [<options>]")
    @Argument(
      help: "Timelines (.json, .jsonl), MIDI files, annotations (.lab, .jams, .txt), and folders of them, such as a corpus.")
    var tracks: [String] = []
    @Option(help: "Also this many composed pieces.")
    var composed = 0
    @Option(help: "Seed of the composed pieces, of distractors and of what is left out.")
    var seed = 0
    @Option(parsing: .upToNextOption, help: "Tasks: tsg, ltr, tad, gto, mtr.")
    var tasks: [String] = Plugins.current.tasks.names
    @Option(help: "Most questions of each task.")
    var perTask: Int?
    @Option(help: "Share of each kind of question that balancing keeps at least, up to 1; 1 leaves nothing out.")
    var keep = 0.5
    @Option(parsing: .upToNextOption, help: "Labels of lanes beyond General MIDI's and vocal.")
    var instruments: [String] = []
    @Flag(help: "Leave out tracks that are wrong, and say which, instead of stopping at the first.")
    var skipBad = false
    @OptionGroup var output: Output

    func validate() throws {
      try Plugins.current.checkTasks(tasks)
      guard composed > 0 || !tracks.isEmpty else { throw ValidationError("name tracks, or give --composed N") }
      guard (0...MusicFiles.mostPieces).contains(composed), seed >= 0, keep > 0, keep <= 1, perTask ?? 1 >= 1 else {
        throw ValidationError(
          "--composed is in 0…\(MusicFiles.mostPieces), --seed at least 0, --keep above 0 and up to 1, --per-task at least 1")
      }
    }

    func run() throws {
      var intake = Intake(skipsBad: skipBad)
      var annotated = AnnotatedTracks(instruments: instruments)
      try annotated.add(paths: tracks, intake: &intake)
      annotated.add(composed: 0..<composed, seed: UInt64(seed), progress: TerminalRun.plainProgress)
      note(intake.report)
      let all = annotated.questions(tasks: tasks, seed: UInt64(seed))
      let questions = annotated.balanced(all, kept: keep, limit: perTask, seed: UInt64(seed))
      try output.write(questions)
      note(
        "\(all.count) questions about \(annotated.timelines.count) tracks; \(questions.count) stay after balancing\n\n"
          + QuestionInspection(questions).blindScores)
    }
  }

  struct Filter: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The questions that meet every condition.")
    @Argument(help: "Questions, JSON Lines.")
    var file: String
    @Option(parsing: .upToNextOption, help: "Only these tasks.")
    var task: [String] = []
    @Option(parsing: .upToNextOption, help: "Only these categories, such as onset or highest.")
    var category: [String] = []
    @Option(parsing: .upToNextOption, help: "Only these tracks, or pieces with all of their excerpts.")
    var track: [String] = []
    @Option(parsing: .upToNextOption, help: "Only these parts: train, validation, test.")
    var part: [String] = []
    @Option(help: "Only tracks of at least so many seconds.")
    var minDuration = 0.0
    @Option(help: "Only tracks of at most so many seconds.")
    var maxDuration = Double.infinity
    @Option(help: "Only questions that hold this text.")
    var text = ""
    @Option(help: "At most so many of each task, drawn by --seed.")
    var perTask: Int?
    @Option(help: "What is drawn.")
    var seed = 0
    @Flag(help: "Leave out lines that are wrong, and say which.")
    var skipBad = false
    @OptionGroup var output: Output

    func validate() throws {
      guard minDuration <= maxDuration, seed >= 0, perTask ?? 1 >= 1 else {
        throw ValidationError("--min-duration is at most --max-duration, --seed at least 0, --per-task at least 1")
      }
    }

    func run() throws {
      let questions = try readQuestions(file, skipBad: skipBad)
      var filter = QuestionFilter()
      (filter.tasks, filter.categories, filter.tracks, filter.parts) = (task, category, track, part)
      (filter.durations, filter.text, filter.perTask, filter.seed) = (minDuration...maxDuration, text, perTask, UInt64(seed))
      let kept = filter.selection(of: questions)
      try output.write(kept)
      note("\(kept.count) of \(questions.count) questions\n")
    }
  }

  struct Split: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Parts that share no piece, nor excerpts or variations of one: a hash decides, so adding tracks moves none.",
      usage: "takt questions split <file> --output <output> [<options>]")
    @Argument(help: "Questions, JSON Lines.")
    var file: String
    @Option(parsing: .upToNextOption, help: "Parts with their shares, which add up to 1.")
    var parts = ["train=0.8", "validation=0.1", "test=0.1"]
    @Option(help: "Folder for a file a part.")
    var output: String
    @Option(help: "takt keeps everything; mustbench has the columns of the benchmark's own table.")
    var columns = ColumnsArgument.takt
    @Flag(help: "Leave out lines that are wrong, and say which.")
    var skipBad = false

    func run() throws {
      let questions = try readQuestions(file, skipBad: skipBad)
      let split = try QuestionFile.split(parts)
      for line in try QuestionFile.write(questions, split: split, to: output, columns: columns.columns) { print(line) }
    }
  }

  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Counts, histograms of the answers, what a policy that never listens would score, examples.",
      usage: "takt questions inspect <file> [<options>]")
    @Argument(help: "Questions, JSON Lines.")
    var file: String
    @Option(help: "Examples of each kind.")
    var examples = 1
    @Flag(help: "Leave out lines that are wrong, and say which.")
    var skipBad = false

    @Flag(help: "Counts, histograms and scores as one JSON object.")
    var json = false

    func run() throws {
      let inspection = QuestionInspection(try readQuestions(file, skipBad: skipBad))
      print(json ? try inspection.json : inspection.text(examples: max(0, examples)), terminator: "")
    }
  }
}

/// `QuestionFile.Columns` as an argument.
enum ColumnsArgument: String, CaseIterable, ExpressibleByArgument {
  case takt, mustbench

  var columns: QuestionFile.Columns { self == .takt ? .takt : .mustbench }
}

private func note(_ text: String) {
  StandardStreams.say(text)
}

private func readQuestions(_ path: String, skipBad: Bool) throws -> [Question] {
  var intake = Intake(skipsBad: skipBad)
  let file = try QuestionFile(path: path, intake: &intake)
  note(intake.report)
  return file.questions
}
