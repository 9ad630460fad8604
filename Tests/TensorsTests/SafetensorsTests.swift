import Foundation
import Tensors
import Testing

@Suite struct SafetensorsTests {
  static let example = Safetensors(
    [
      .init(name: "weight", tensor: Tensor(shape: [2, 3], values: [1, -2, 3.5, 0, .infinity, 1e-20])),
      .init(name: "a \"quoted\\\" name\n é 🎵", tensor: Tensor(shape: [], repeating: 7)),
      .init(name: "empty", tensor: Tensor(shape: [0, 4])),
    ], metadata: ["step": "12", "tab\t": "\u{1}"])

  @Test func whatWasWrittenIsReadBack() throws {
    #expect(try Safetensors(decoding: Self.example.encoded()) == Self.example)
    let nothing = Safetensors([])
    #expect(try Safetensors(decoding: nothing.encoded()) == nothing)
    let notes = Safetensors([], metadata: ["only": "text"])
    #expect(try Safetensors(decoding: notes.encoded()) == notes)
  }

  @Test func theBytesAreTheFormats() {
    let file = Safetensors([.init(name: "x", tensor: Tensor(shape: [1], values: [1]))])
    let header = #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"# + "  "
    #expect(header.utf8.count == 56)
    #expect(file.encoded() == [56, 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + [0, 0, 0x80, 0x3F])
  }

  @Test func elementsStartAtAMultipleOfEight() throws {
    for length in 1..<10 {
      let bytes = Safetensors([.init(name: String(repeating: "n", count: length), tensor: Tensor(shape: [1]))]).encoded()
      #expect((bytes.count - 4) % 8 == 0)
    }
  }

  @Test func headersOfOtherWritersAreRead() throws {
    let header =
      #" { "b" : {"shape":[ 1 , 2 ],"data_offsets":[4,12],"dtype":"F32"} "#
      + #", "\u0061\ud83c\udfb5\/":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"#
    let file = try Safetensors(decoding: bytes(header: header, data: [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40]))
    #expect(file["b"] == Tensor(shape: [1, 2], values: [2, 3]))
    #expect(file["a🎵/"] == Tensor(shape: [], repeating: 1))
  }

  @Test func everyTruncationIsNoticed() {
    let bytes = Self.example.encoded()
    for count in 0..<bytes.count {
      #expect(throws: SafetensorsError.self) { try Safetensors(decoding: Array(bytes[..<count])) }
    }
  }

  @Test(arguments: [
    (
      #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[],"data_offsets":[4,8]}}"#,
      "badHeader", "twice"
    ),
    (#"{"x":{"dtype":"F16","shape":[3],"data_offsets":[0,8]}}"#, "badLayout", "shape"),
    (#"{"x":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,9]}}"#, "truncated", "9 bytes"),
    (#"{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, "badLayout", "shape"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "badLayout", "starts at byte 4"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "badLayout", "follow the last"),
    (#"{"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, "truncated", "16"),
    (#"{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#, "badLayout", "shape"),
    (#"{"x":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}"#, "badHeader", "whole number"),
    (#"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}"#, "badHeader", "whole number"),
    (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, "badHeader", "ascending"),
    (#"{"x":{"dtype":"F32","shape":[2]}}"#, "badHeader", "data_offsets"),
    (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"extra":[1}}"#, "badHeader", "expected"),
    (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#, "badHeader", "expected"),
    (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x"#, "badHeader", "end of the header"),
    (#"{"\ud83cx":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, "badHeader", "surrogate"),
    (#"{"__metadata__":{"a":"1","a":"2"}}"#, "badHeader", "twice"),
    ("[]", "badHeader", "{"), ("", "badHeader", "{"),
  ]) func damageIsNamed(header: String, code: String, message: String) {
    #expect {
      try Safetensors(decoding: bytes(header: header, data: [0, 0, 0, 0, 0, 0, 0, 0]))
    } throws: { error in
      guard let error = error as? SafetensorsError else { return false }
      return "\(error.code)".contains(code) && error.message.contains(message)
    }
  }

  @Test func aHugeHeaderLengthIsRefused() {
    #expect(throws: SafetensorsError.self) { try Safetensors(decoding: [UInt8](repeating: 0xFF, count: 16)) }
  }

  @Test func parametersOfAnotherModelAreRefusedWhole() throws {
    var parameters = ParameterSet()
    let id = parameters.add("weight", Tensor(shape: [2, 3]))
    _ = parameters.add("bias", Tensor(shape: [3]))
    #expect(throws: SafetensorsError.self) { try parameters.restore(Self.example) }
    #expect(parameters[id] == Tensor(shape: [2, 3]))
  }

  @Test func aFileWrittenByPythonIsRead() throws {
    let file = try Safetensors(
      decoding: Array(Data(contentsOf: folder.appendingPathComponent("Golden/written_by_python.safetensors"))))
    #expect(file.metadata == ["step": "12", "note": "línea \"one\"\n"])
    #expect(file.entries.count == 3)
    #expect(file["ramp"] == Tensor(shape: [3, 4], values: (0..<12).map { Float($0) / 8 - 0.5 }))
    #expect(file["scalar"] == Tensor(shape: [], repeating: 7))
    #expect(file["name é \"q\""] == Tensor(shape: [2], values: [1e-20, -3.5]))
  }

  /// Where `TAKT_PYTHON` names a Python that has the `safetensors` package, its reader must see what was written.
  @Test func pythonReadsWhatWasWritten() throws {
    guard let python = ProcessInfo.processInfo.environment["TAKT_PYTHON"] else { return }
    let file = Safetensors(
      [.init(name: "a", tensor: sample([3, 4])), .init(name: "b é", tensor: Tensor(shape: [], repeating: 2))],
      metadata: ["step": "12"])
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("takt-\(UUID().uuidString).safetensors")
    try Data(file.encoded()).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [folder.appendingPathComponent("read_safetensors.py").path, path.path]
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let sums = file.entries.map { $0.tensor.values.reduce(0.0) { $0 + Double($1) } }
    #expect(
      text == "metadata step=12\n"
        + zip(file.entries, sums).map { "\($0.name) \($0.tensor.shape) \(Int(($1 * 1e6).rounded()))\n" }.joined())
  }

  private var folder: URL { URL(fileURLWithPath: #filePath).deletingLastPathComponent() }

  private func bytes(header: String, data: [UInt8]) -> [UInt8] {
    [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + data
  }
}
