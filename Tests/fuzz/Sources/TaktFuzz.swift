import Foundation

/// `TaktFuzz FORMAT [libFuzzer's arguments]`: feeds one decoder; a trap, a hang or too much memory is a finding.
@main
enum TaktFuzz {
  static func main() {
    guard CommandLine.arguments.count > 1, let format = formats[CommandLine.arguments[1]] else {
      print("usage: TaktFuzz FORMAT [libFuzzer's arguments]; formats: \(formats.keys.sorted().joined(separator: " "))")
      exit(64)
    }
    if CommandLine.arguments.dropFirst(2).first == "--seeds" { return format.writeSeeds(to: CommandLine.arguments[3]) }
    chosenFormat = format
    var words = ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)).map { strdup($0) }
    var count = Int32(words.count)
    words.append(nil)
    words.withUnsafeMutableBufferPointer { buffer in
      var start = buffer.baseAddress
      exit(run(&count, &start, { testOneInput($0, $1) }))
    }
  }
}

private var chosenFormat: Format?

/// One decoder with inputs to begin from.
struct Format: Sendable {
  let seeds: [[UInt8]]
  let body: @Sendable ([UInt8]) -> Void

  init(_ seeds: [String], _ body: @escaping @Sendable ([UInt8]) -> Void) {
    self.init(bytes: seeds.map { Array($0.utf8) }, body)
  }

  init(bytes seeds: [[UInt8]], _ body: @escaping @Sendable ([UInt8]) -> Void) {
    self.seeds = seeds
    self.body = body
  }

  func writeSeeds(to folder: String) {
    for (index, seed) in seeds.enumerated() {
      _ = FileManager.default.createFile(atPath: "\(folder)/seed-\(index)", contents: Data(seed))
    }
  }
}

/// libFuzzer's own loop.
@_silgen_name("LLVMFuzzerRunDriver")
private func run(
  _ count: UnsafeMutablePointer<Int32>, _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// The name that libFuzzer's own `main` looks for; ours is called in its place.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  chosenFormat?.body([UInt8](UnsafeRawBufferPointer(start: data, count: size)))
  return 0
}
