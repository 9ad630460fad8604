import Foundation

@testable import Ablations
@testable import Experiments
@testable import Judging
@testable import MLflowSink
@testable import Music
@testable import OptionFiles
@testable import Options
@testable import Questions
@testable import Rollouts
@testable import Tensors
@testable import Timelines
@testable import Training

/// A decoder each, by its name on the command line.
let formats: [String: Format] = [
  "answers": answers, "questions": questions, "timelines": timelines, "yaml": yaml, "safetensors": safetensors,
  "checkpoints": checkpoints, "rollouts": rollouts, "midi": midi, "wad": wad, "requests": requests, "http": http,
]

/// What must hold of what was decoded; a finding where it does not.
func require(_ holds: Bool, _ what: String) {
  if !holds { fatalError(what) }
}

private let answers = Format([
  "\u{0}\u{0}1:05", "\u{1}\u{0}from 0:12 to 0:15, 72.5 s", "\u{2}\u{3}The answer is B.", "\u{3}\u{2}piano, then bass",
  "\u{0}\u{0}<think>0:10?</think>\n**Answer:** 1 minute 5 seconds", "\u{1}\u{0}{\"answer\": [[1, 2.5]]}",
  "\u{0}\u{0}\\boxed{12'7\u{2033}}",
]) { bytes in
  guard bytes.count >= 2 else { return }
  let kinds = AnswerKind.allCases
  let form = AnswerForm(
    kind: kinds[Int(bytes[0]) % kinds.count], choiceCount: Int(bytes[1] % 6),
    items: ["piano", "bass", "strings"].prefix(Int(bytes[1] % 4)) + [])
  let text = String(decoding: bytes.dropFirst(2), as: UTF8.self)
  let reader = AnswerReader(form)
  require(reader.read(text) == reader.read(text), "one text was read as two answers")
}

private let question = #"""
  {"id":"t/tsg/1","task":"tsg","kind":"instant","question":"When?","answers":["0:05"],"track_id":"t","duration":60,"category":"onset"}
  """#

private let questions = Format([
  question, question.replacingOccurrences(of: "instant", with: "intervals").replacingOccurrences(of: "0:05", with: "0:05-0:10"),
  #"{"id":"a","task":"gto","kind":"order","question":"?","answers":["a, b"],"items":["a","b"],"track_id":"t","duration":6e1}"#,
]) { bytes in
  guard let question = try? JSONDecoder().decode(Question.self, from: Data(bytes)) else { return }
  _ = AnswerReader(AnswerForm(question)).read("0:05")
  guard let written = try? JSONEncoder().encode(question) else { fatalError("a question that was read cannot be written") }
  _ = try? JSONDecoder().decode(Question.self, from: written)
}

private let timelines = Format([
  #"{"trackID":"t","duration":60,"lanes":[{"label":"piano","intervals":[{"start":0,"end":5}]}],"sections":[]}"#
]) { bytes in
  guard let timeline = try? JSONDecoder().decode(Timeline.self, from: Data(bytes)) else { return }
  _ = try? JSONEncoder().encode(timeline)
}

private let experiment = """
  name: x
  start: {encoder: e, policy: p}
  rewards: [{reward: onset-error, scale: 15}, {reward: unreadable, weight: -1}]
  algorithm: {algorithm: grpo}
  training: &a {steps: 3, tracks: 4, completions: 4}
  log: [jsonl, {sink: mlflow, uri: "http://a:b@127.0.0.1:1"}]
  """

private let yaml = Format([
  experiment, "name: e\nstage: encoder\n", "a: &a [x, x]\nb: *a\n? [c]\n: 1\n",
  "name: g\nexperiment: {name: x}\ngrid: {seed: [1, 2], training.steps: [1_0, 0x2]}\narms: [{name: 3.10, set: {a.b: ~}}]\nseeds: 2\n",
]) { bytes in
  guard let file = try? YAMLFile(text: String(decoding: bytes, as: UTF8.self), path: "x.yaml") else { return }
  let written = file.root.yaml()
  guard let again = try? YAMLFile(text: written, path: "y.yaml") else {
    fatalError("what was read is written as no YAML: \(written)")
  }
  require(again.root.yaml() == written, "what was read and written reads otherwise: \(written)")
  _ = try? ExperimentFile(file)
  _ = try? AblationFile(file)
}

private let safetensors = Format(bytes: [
  Safetensors([.init(name: "w", tensor: Tensor(shape: [2, 2], values: [1, 2, 3, 4]))], metadata: ["a": "b"]).encoded(),
  Safetensors([.init(name: "w", tensor: Tensor(shape: [0, 4]))]).summed().encoded(),
]) { bytes in
  guard let file = try? Safetensors(decoding: bytes) else { return }
  let written = file.encoded()
  require((try? Safetensors(decoding: written))?.encoded() == written, "what was read is written as something else")
}

private func little(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

/// As the format's text says: FNV-1a over 64-bit words, the bytes that are left, the length.
private func fnv(_ bytes: [UInt8]) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for start in stride(from: 0, to: bytes.count / 8 * 8, by: 8) {
    hash = (hash ^ bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }) &* 0x100_0000_01B3
  }
  for byte in bytes[(bytes.count / 8 * 8)...] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return hash ^ UInt64(bytes.count)
}

/// A checkpoint as it is after an even first byte, one whose checksum is made right after an odd one.
private let checkpoints = Format(bytes: [
  [0] + Checkpoint(stepsDone: 3, state: ["policy": [1, 2], "rewards": Array("a\t1\n".utf8)]).encoded(),
  [1] + Checkpoint(stepsDone: 3, state: ["policy": [1, 2]]).encoded().dropLast(8),
]) { bytes in
  guard let first = bytes.first else { return }
  var file = Array(bytes.dropFirst())
  if first & 1 == 1 { file += little(fnv(file)) }
  guard let checkpoint = try? Checkpoint(decoding: file) else { return }
  require((try? Checkpoint(decoding: checkpoint.encoded())) == checkpoint, "what was read is written as something else")
}

private func crc(_ bytes: some Sequence<UInt8>) -> [UInt8] {
  let sum = ~bytes.reduce(~UInt32(0)) { remainder, byte in
    (0..<8).reduce(remainder ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0x82F6_3B78 ^ (sum >> 1) : sum >> 1 }
  }
  return Array(little(UInt64(sum)).prefix(4))
}

private let storeHeader = Array("TAKTROLL".utf8) + [2, 0, 0, 0]

/// A store as it is after an even first byte; after an odd one records of data that are divided by 0xFF 0xFE, with right frames.
private let rollouts = Format(bytes: [
  [0] + storeHeader,
  [1] + little(1) + little(0) + [1, 0, 0, 0, 0x61, 0, 0, 0, 0, 1, 0, 0, 0, 0x62, 0, 0, 0, 0, 0] + [1] + little(0) + [
    0, 0, 0, 0,
  ] + [0, 0, 0, 0]
    + [0, 0, 0, 0, 0, 0, 0, 0],
]) { bytes in
  guard let first = bytes.first else { return }
  var file = Array(bytes.dropFirst())
  if first & 1 == 1 {
    var store = storeHeader
    var data: [UInt8] = []
    func close() {
      let length = Array(little(UInt64(data.count)).prefix(4))
      store += length + crc(length) + data + crc(data)
      data = []
    }
    var rest = file[...]
    while let byte = rest.popFirst() {
      if byte == 0xFF, rest.first == 0xFE {
        rest.removeFirst()
        close()
      } else {
        data.append(byte)
      }
    }
    close()
    file = store
  }
  let path = "/dev/shm/takt-fuzz-\(getpid())"
  defer { unlink(path) }
  _ = FileManager.default.createFile(atPath: path, contents: Data(file))
  guard let survey = try? RolloutStepSummary.survey(path: path) else { return }
  require(survey.tornLength <= UInt64(file.count), "more is torn than there is")
  if let last = survey.steps.last { _ = try? RolloutReader.records(path: path, ofStep: last.step) }
}

private let midi = Format(bytes: [
  Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 0, 96] + Array("MTrk".utf8)
    + [0, 0, 0, 19, 0, 0xC0, 5, 0, 0x90, 60, 100, 96, 0x80, 60, 0, 0, 0xB0, 64, 127, 0, 0xFF, 0x2F, 0]
]) { bytes in
  guard let file = try? MIDIFile(parsing: bytes, path: "x.mid"), let score = try? MIDIScore(file, path: "x.mid") else { return }
  _ = score.timeline(id: "x")
}

private let wad = Format(bytes: [
  Array("PWAD".utf8) + [1, 0, 0, 0, 16, 0, 0, 0, 1, 2, 3, 4, 12, 0, 0, 0, 4, 0, 0, 0] + Array("D_E1M1\u{0}\u{0}".utf8)
]) { bytes in _ = try? WADArchive(parsing: bytes, path: "x.wad") }

private let freshService = try? RewardService(rewards: "experiments/rewards/must.yaml")

private let requests = Format([
  #"{"id":1,"completions":["0:05"],"questions":[\#(question)],"step":3,"steps":9,"token_counts":[4],"truncated":[false]}"#,
  #"{"completions":["a","b"],"ids":["x","y"]}"#,
]) { bytes in
  guard var service = freshService else {
    fatalError("run it in the repository's root")
  }
  let line = bytes.filter { $0 != 0x0A }
  let answer = service.answer(Data(line))
  require((try? JSONSerialization.jsonObject(with: answer)) is [String: Any], "an answer that is no JSON object")
}

/// The first byte says where the answer is cut into two pieces.
private let http = Format([
  " HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", " HTTP/1.0 200 OK\r\n\r\n{}",
  " HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\n{}\r\n0\r\n\r\n",
  " HTTP/1.1 100 x\r\n\r\nHTTP/1.1 204 x\r\n\r\n",
  " HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n{}",
]) { bytes in
  guard let first = bytes.first else { return }
  let text = bytes.dropFirst()
  func read(_ pieces: [ArraySlice<UInt8>]) -> (Int, [UInt8])? {
    var answer = HTTPAnswer()
    do throws(HTTPFault) {
      for piece in pieces { try answer.take(Array(piece)) }
      if !answer.isComplete { try answer.end() }
      require(answer.body.count <= InputLimit.httpBody, "a body without bound")
      return (answer.status, answer.body)
    } catch {
      return nil
    }
  }
  let cut = text.startIndex + min(text.count, Int(first))
  let (whole, parts) = (read([text]), read([text[..<cut], text[cut...]]))
  require(whole?.0 == parts?.0 && whole?.1 == parts?.1, "an answer in two pieces is another answer")
}
