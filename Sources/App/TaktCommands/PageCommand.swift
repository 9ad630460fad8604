import ArgumentParser
import Experiments
import Foundation
import Listening
import MusTBench
import Options

struct PageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page",
    abstract: "One page about a track: its sound, what is true, what the encoder hears, what the policy answers.",
    usage: "takt tracks page <track> [<options>]",
    discussion: """
      TRACK is a sound file (WAV, FLAC, OGG, MP3), a MIDI file, a timeline with its sound, or composed-SEED-INDEX. The page holds the
      log-mel picture, the lanes of the instruments where they are known, the encoder's probability of a transition against the
      truth, the intensity, and for each question the answer with its distribution over time. It needs no network.

      EXAMPLES
        takt tracks page composed-7-0
        takt tracks page song.flac --window 60-120 --output song.html
        takt tracks page piece.mid --tasks tsg mtr
      """.manual)

  @Argument(help: "The track.")
  var track: String

  @Option(help: "The page; default the track's name with .html in this folder.")
  var output: String?

  @Option(parsing: .upToNextOption, help: "Tasks to ask about where the truth is known.")
  var tasks = [TemporalSourceGrounding.name, MoodTrajectoryReasoning.name]

  @OptionGroup var options: ListenerOptions

  func validate() throws {
    try Plugins.current.checkTasks(tasks)
  }

  func run() async throws {
    let listener = try await options.listener()
    let input = try TrackInput(track, window: options.stretch())
    let inspection = try await TrackInspection(input, by: listener, tasks: tasks, progress: TerminalRun.plainProgress)
    let path = output ?? URL(fileURLWithPath: track).deletingPathExtension().lastPathComponent + ".html"
    try inspection.write(to: path)
    print(inspection.text, terminator: "")
    print("\(path): open it in a browser")
  }
}
