import ArgumentParser
import CommandTexts
import Experiments
import Listening

struct TracksCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tracks",
    abstract: "Make and see tracks: takt tracks compose --count 3",
    discussion: """
      Tracks with ground truth: composed ones, MIDI files through FluidSynth, a corpus of real pieces.

      EXAMPLES
        takt tracks compose --count 3 --output pieces       wav, mid and json of three composed pieces
        takt tracks inspect pieces/composed-0-0.json        what is heard when
        takt tracks render song.mid song.flac               a MIDI file through FluidSynth
        takt tracks page composed-7-0                      a page: its sound, its truth, what the policy answers
        takt tracks corpus --folder data/real-midi          the real pieces of Debian's freedoom and openttd-openmsx
      """.manual,
    subcommands: [Compose.self, Render.self, Inspect.self, PageCommand.self, Corpus.self])

  struct Compose: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compose pieces with their exact ground truth.",
      usage: "takt tracks compose [<options>]")
    @Option(help: "Seed of the endless list of pieces.")
    var seed: Int = 0
    @Option(help: "Number of the first piece.")
    var first: Int = 0
    @Option(help: "How many.")
    var count: Int = 1
    @Option(help: "Folder for ID.wav, ID.mid and ID.json.")
    var output: String = "."

    func validate() throws {
      let most = MusicFiles.mostPieces
      guard (1...most).contains(count), (0...most).contains(first), seed >= 0 else {
        throw ValidationError("--count must be in 1…\(most), --first in 0…\(most) and --seed at least 0")
      }
    }

    func run() throws {
      try MusicFiles.compose(seed: UInt64(seed), indices: first..<first + count, folder: output) { print($0) }
    }
  }

  struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Render a Standard MIDI File to sound with FluidSynth.")
    @Argument(help: "The MIDI file.")
    var midi: String
    @Argument(help: "The sound file to write: .wav, .flac, .ogg or .mp3.")
    var output: String
    @Option(help: "A General MIDI SoundFont; default the one that Debian's timgm6mb-soundfont installs.")
    var soundFont: String?

    func run() throws {
      print(try MusicFiles.render(midi: midi, to: output, soundFont: soundFont))
    }
  }

  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lanes, sections and questions of a track: a timeline in JSON, an annotation, a MIDI file, or a sound file.")
    @Argument(
      help: "A .json timeline or record of a corpus, a .lab, .jams or .txt annotation, a .mid or .rmi file or a sound file.")
    var file: String

    @Flag(help: "The timeline, or the facts of a sound file, as JSON.")
    var json = false

    func run() throws {
      print(try MusicFiles.inspect(file, asJSON: json), terminator: "")
    }
  }

  struct Corpus: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Render real MIDI pieces into a corpus with train, validation and test splits; goes on where it was stopped.",
      usage: "takt tracks corpus [<sources> ...] [<options>]")
    @Option(help: "The corpus's folder.")
    var folder: String = "data/real-midi"
    @Option(help: "A General MIDI SoundFont.")
    var soundFont: String?
    @Option(
      help:
        "Variations of each piece to learn from as well: other keys, tempos, programs, rests, dynamics. None is ever held out.")
    var variations: Int = 0
    @Argument(help: "WAD files, MIDI files or folders; default those of Debian's freedoom and openttd-openmsx.")
    var sources: [String] = []

    func validate() throws {
      guard (0...1000).contains(variations) else {
        throw ValidationError("--variations must be in 0…1000, not \(variations)")
      }
    }

    func run() throws {
      print(
        try MusicFiles.corpus(
          folder: folder, soundFont: soundFont, sources: sources, variations: variations, progress: TerminalRun.plainProgress))
    }
  }
}
