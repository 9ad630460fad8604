import Foundation
import Music

/// A folder of recordings and annotations that goes with its test.
final class SoundFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "takt-recordings-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A tone of so many seconds.
  func sound(_ name: String, seconds: Double, frequency: Double = 220) throws {
    let samples = (0..<Int(seconds * AudioSignal.sampleRate)).map { frame in
      Float(0.3 * sin(2 * Double.pi * frequency * Double(frame) / AudioSignal.sampleRate))
    }
    try AudioFile.write(AudioSignal(samples: samples), to: file(name))
  }

  @discardableResult func text(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }
}
