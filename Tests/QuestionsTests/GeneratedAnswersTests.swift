import Foundation
import Questions
import Randomness
import Testing

/// Answers in which the truth is known: none is read as another, and few that are well formed are refused.
///
/// 30,000 in the ordinary tests; a million where `TAKT_LONG=1` is set. `TAKT_COUNTS` names a file for the counts by form.
struct GeneratedAnswersTests {
  private struct Count {
    var all = 0
    var refused = 0
    var wrong = 0
  }

  @Test func noGeneratedAnswerIsMisreadAndFewAreRefused() throws {
    let environment = ProcessInfo.processInfo.environment
    let number = environment["TAKT_LONG"] == "1" ? 1_000_000 : 30_000
    let stream = RandomStream(seed: 17)
    var counts: [String: Count] = [:]
    var wrong: [String] = []
    var refused: [String: String] = [:]
    for trial in 0..<number {
      var random = stream.derived(trial)
      let generated = GeneratedAnswer(&random)
      let reading = AnswerReader(generated.form).read(generated.text)
      counts[generated.name, default: Count()].all += 1
      if case .unreadable = reading.outcome {
        counts[generated.name, default: Count()].refused += 1
        refused[generated.name] = "\(reading.outcome.name): \(generated.text.debugDescription)"
      } else if reading.answer != generated.truth {
        counts[generated.name, default: Count()].wrong += 1
        if wrong.count < 60 { wrong.append("\(generated.text.debugDescription) is \(generated.truth), read as \(reading)") }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    let all = counts.values.reduce(0) { $0 + $1.refused }
    #expect(Double(all) <= 0.05 * Double(number), "\(all) of \(number) are refused")
    if let path = environment["TAKT_COUNTS"] {
      let rows = counts.sorted { ($1.value.refused, $0.key) < ($0.value.refused, $1.key) }.map { name, count in
        "\(name)\t\(count.all)\t\(count.refused)\t\(count.wrong)\t\(refused[name] ?? "")"
      }
      try (["form\tall\trefused\twrong\ta refused one"] + rows + wrong).joined(separator: "\n").write(
        toFile: path, atomically: true, encoding: .utf8)
    }
  }
}
