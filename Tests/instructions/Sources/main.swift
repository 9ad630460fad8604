// HotPaths PATH COUNT FOLDER: takes a path so many times, on one thread; two counts tell what one more costs. No task is awaited here:
// valgrind does not survive the end of a program's main thread.
import Foundation
import Judging
import Questions
import Rewards
import TemporalRewards
import Timelines

let arguments = CommandLine.arguments
guard arguments.count == 4, let count = Int(arguments[2]) else { fatalError("HotPaths PATH COUNT FOLDER") }
let folder = arguments[3]

func clock(_ seconds: Int) -> String { "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)" }

func question(_ index: Int) -> String {
  #"{"id":"track-\#(index)","track_id":"t","task":"mtr","kind":"intervals","question":"When is the music loud?","#
    + #""answers":[[\#(index % 50),\#(index % 50 + 12.5)],[70,90]],"duration":200.125}"#
}

func text(_ index: Int) -> String { "\(clock(index % 60))-\(clock(index % 60 + 9)), 1:12-1:31" }

func write(_ name: String, _ text: String) throws -> String {
  try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  return "\(folder)/\(name)"
}

func service(_ questions: Int) throws -> RewardService {
  let rewards = "rewards: [{reward: interval-f1}, {reward: out-of-track, weight: -0.5}, {reward: unreadable, weight: -1}]\n"
  return try RewardService(
    rewards: write("rewards.yaml", rewards),
    questions: write("questions.jsonl", (0..<questions).map { question($0) + "\n" }.joined()))
}

var total = 0.0
switch arguments[1] {
case "questions":
  // Lines of a file read, matched by id and kept.
  _ = try service(count)
case "service":
  // Answers read, judged and written by the id of their question.
  var service = try service(64)
  let ids = (0..<64).map { "\"track-\($0)\"" }.joined(separator: ",")
  let request = Data("{\"ids\":[\(ids)],\"completions\":[\((0..<64).map { "\"\(text($0))\"" }.joined(separator: ","))]}".utf8)
  for _ in 0..<count / 64 { total += Double(service.answer(request).count) }
case "asked":
  // The same with the questions in the request.
  var service = try service(1)
  let request = Data("{\"completions\":[\"\(text(1))\"],\"questions\":[\(question(1))]}".utf8)
  for _ in 0..<count { total += Double(service.answer(request).count) }
case "reader":
  // Answers in a sentence after some reasoning.
  let reader = AnswerReader(AnswerForm(kind: .intervals))
  let texts = (0..<64).map { "<think>The drums come in first, then a guitar.</think>I think that it is at \(text($0))." }
  for index in 0..<count { total += reader.read(texts[index % 64]).isStrict ? 1 : 0 }
case "rewards":
  // Readings judged by MusT's smoothed F1 and a penalty.
  let rewards = RewardSpec {
    SoftF1(sigma: 15)
    OutOfTrack().weighted(-0.5)
  }
  let asked = Question(
    id: "q", trackID: "t", task: "mtr", text: "When is the music loud?", kind: .intervals,
    references: [.intervals([Interval(3, 15.5), Interval(70, 90)])], duration: 200.125)
  let responses = (0..<64).map { Response(text: text($0)) }
  let readings = responses.map { AnswerReader(AnswerForm(asked)).read($0.text) }
  var judgement = Judgement()
  for index in 0..<count {
    rewards.judge(readings[index % 64], in: responses[index % 64], to: asked, into: &judgement)
    total += judgement.total ?? 0
  }
default: fatalError("no path '\(arguments[1])'")
}
print(total)
