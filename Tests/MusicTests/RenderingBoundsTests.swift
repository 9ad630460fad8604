import Foundation
import Music
import Testing
import Timelines

/// Rendering ends by itself, leaves no file and no process.
@Suite(.serialized) struct RenderingBoundsTests {
  @Test(arguments: ["closed", "held", "pedal", "piano-held"]) func scoresWithKeysOrPedalsLeftDownEnd(name: String) throws {
    let path = CaseFiles.path("26-\(name).mid")
    let length = try CaseFiles.timeline("26-\(name).mid").duration
    let signal = try FluidSynth().signal(ofMIDIFile: path)
    #expect(signal.duration > length - 3 && signal.duration <= length + 3 + FluidSynth.longestTail)
  }

  /// The renderer gets what was read, so that a file that only Takt can read still sounds where its timeline says.
  @Test(arguments: ["05-last-too-long", "05-zero-length-header", "05-one-announced-two-there"])
  func whatIsReadIsWhatSounds(name: String) throws {
    let signal = try FluidSynth().signal(ofMIDIFile: CaseFiles.path("\(name).mid"))
    // The piano's first note, at 8 s, over the drums alone before.
    #expect(
      Spectrum.rootMeanSquare(signal.samples[(8 * 16_000 + 800)..<(8 * 16_000 + 2400)]) > 2
        * Spectrum.rootMeanSquare(
          signal.samples[(7 * 16_000 + 800)..<(7 * 16_000 + 2400)]))
  }

  private func script(_ text: String, in folder: Folder) throws -> FluidSynth {
    try folder.write(Data("#!/bin/sh\n\(text)\n".utf8), to: "synthesizer")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.file("synthesizer"))
    try folder.write(Array("RIFF".utf8) + [4, 0, 0, 0] + Array("sfbk".utf8), to: "font.sf2")
    try folder.write(CaseFiles.bytes("02-closed.mid"), to: "song.mid")
    return try FluidSynth(command: folder.file("synthesizer"), soundFont: folder.file("font.sf2"))
  }

  private func isRunning(_ folder: Folder) throws -> Bool {
    let text = try String(contentsOfFile: folder.file("pid"), encoding: .utf8)
    let process = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    return kill(process, 0) == 0
  }

  /// FluidSynth would play another font in its place and report success.
  @Test func fontsThatCannotBePlayedAreRefused() throws {
    let folder = try Folder()
    try folder.write(Array("no font".utf8), to: "text.sf2")
    try folder.write(Array("RIFF".utf8) + [0, 1, 0, 0] + Array("sfbk".utf8), to: "cut.sf2")
    let text = message { _ = try FluidSynth(soundFont: folder.file("text.sf2")) }
    #expect(text.contains("text.sf2: is no sound font: it does not begin as one"), "\(text)")
    let cut = message { _ = try FluidSynth(soundFont: folder.file("cut.sf2")) }
    #expect(cut.contains("cut.sf2: is a damaged sound font: its header promises 264 bytes, and there are 12"), "\(cut)")
    #expect(
      message { _ = try FluidSynth(soundFont: "/dev/zero") }.contains("/dev/zero: is no sound font: it is no regular file"))
  }

  @Test func endlessSoundIsCut() throws {
    let folder = try Folder()
    let synthesizer = try script("echo $$ > \(folder.file("pid")); trap '' TERM; exec cat /dev/zero", in: folder)
    let signal = try synthesizer.signal(ofMIDIFile: folder.file("song.mid"))
    #expect(signal.samples.count == 30 * 16_000)
    #expect(try !isRunning(folder))
    #expect(try folder.names() == ["font.sf2", "pid", "song.mid", "synthesizer"])
  }

  @Test func aHangingCommandIsEnded() throws {
    let folder = try Folder()
    var synthesizer = try script(
      "echo $$ > \(folder.file("pid")); trap '' TERM; printf 'abcd'; while :; do sleep 0.1; done", in: folder)
    synthesizer.patience = -29
    let start = ContinuousClock.now
    let text = message { _ = try synthesizer.signal(ofMIDIFile: folder.file("song.mid")) }
    #expect(text.contains("song.mid: could not be rendered: ") && text.contains("was stopped after 1 s"), "\(text)")
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(try !isRunning(folder))
  }

  @Test func whatTheCommandSaysIsPassedOn() throws {
    let folder = try Folder()
    let synthesizer = try script("head -c 100000 /dev/zero | tr '\\0' x >&2; echo ' no such font' >&2; exit 3", in: folder)
    let text = message { _ = try synthesizer.signal(ofMIDIFile: folder.file("song.mid")) }
    #expect(text.contains("ended with exit code 3 and said: xxx") && text.hasSuffix(" no such font") && text.count < 5000)
  }
}
