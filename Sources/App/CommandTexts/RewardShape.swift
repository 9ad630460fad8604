import Foundation
import Numbers
import Questions
import Rewards
import Timelines

/// What a reward pays for answers that are more and less right, drawn in characters: the plot of `takt rewards show NAME`.
package struct RewardShape {
  let reward: any TemporalReward

  private static let duration = 180.0

  var text: String {
    let documentation = type(of: reward).documentation
    switch documentation.family {
    case .instants: return plot(of: instants(), "score of an answer d s after the true time")
    case .interval, .intervalSets:
      return plot(of: moved([Interval(80, 100)]), "score of the true interval, 20 s long, moved by d s") + "\n" + lengths()
    case .events:
      let events = (0..<8).map { Interval(40 + 7 * Double($0), 41 + 7 * Double($0)) }
      return plot(of: moved(events, reaches: [0.2, 0.5, 1, 3]), "score of eight events, 7 s apart, moved by d s")
    case .orderings: return orders()
    case .choice, .text, .shaping:
      return "score of what is answered\n" + BarChart(bars: cases(documentation.kinds), range: reward.range).text
    }
  }

  // MARK: Curves

  private func plot(of curve: Curve, _ title: String) -> String {
    "\(title)\n\(ColumnChart(values: curve.values, range: reward.range, reach: curve.reach, unit: "s").text)"
  }

  private struct Curve {
    var values: [Double]
    /// Seconds to either side.
    var reach: Double
  }

  private static let half = 30

  /// The shortest reach beyond which the score hardly changes.
  private func curve(reaches: [Double], _ score: (Double) -> Double) -> Curve {
    let widest = reaches[reaches.count - 1]
    let span = reward.range.upperBound - reward.range.lowerBound
    let reach =
      reaches.first { reach in
        [-1.0, 1].allSatisfy { side in abs(score(side * reach) - score(side * widest)) <= 0.02 * span }
      } ?? widest
    return Curve(values: (-Self.half...Self.half).map { score(Double($0) / Double(Self.half) * reach) }, reach: reach)
  }

  private func instants() -> Curve {
    let question = question(.instant, .instant(0.5 * Self.duration))
    return curve(reaches: [1, 3, 10, 30, 60]) { score(.instant(0.5 * Self.duration + $0), question) }
  }

  private func moved(_ truth: [Interval], reaches: [Double] = [1, 3, 10, 30, 60]) -> Curve {
    let question = question(.intervals, .intervals(truth))
    return curve(reaches: reaches) { shift in
      score(.intervals(truth.map { Interval($0.start + shift, $0.end + shift) }), question)
    }
  }

  /// What an interval in the right place earns by its length, up to the whole track.
  private func lengths() -> String {
    let middle = 0.5 * Self.duration
    let question = question(.intervals, .intervals([Interval(middle - 10, middle + 10)]))
    let bars = [0, 1, 5, 10, 15, 20, 25, 30, 45, 60, 90, 180].map { length -> BarChart.Bar in
      let answer = Interval(middle - 0.5 * length, middle + 0.5 * length)
      return BarChart.Bar(
        title: length == Self.duration ? "whole track" : "\(Int(saturating: length)) s",
        value: score(.intervals([answer]), question))
    }
    return "score of an interval with the true middle by its length, the true one being 20 s long\n"
      + BarChart(bars: bars, range: reward.range).text
  }

  // MARK: Bars

  /// The mean score of the orders of four items by how many of the six pairs are the wrong way round.
  private func orders() -> String {
    let question = question(.order, .order([0, 1, 2, 3]), items: ["W", "X", "Y", "Z"])
    var sums = [Double](repeating: 0, count: 7)
    var counts = [Double](repeating: 0, count: 7)
    for order in Self.permutations(of: [0, 1, 2, 3]) {
      let swapped = (0..<4).reduce(0) { sum, i in sum + order[(i + 1)...].count { $0 < order[i] } }
      sums[swapped] += score(.order(order), question)
      counts[swapped] += 1
    }
    let bars = sums.indices.map { BarChart.Bar(title: "\($0) of 6 pairs wrong", value: sums[$0] / counts[$0]) }
    return "mean score of the orders of four items\n" + BarChart(bars: bars, range: reward.range).text
  }

  private static func permutations(of items: [Int]) -> [[Int]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { index -> [[Int]] in
      var rest = items
      let first = rest.remove(at: index)
      return permutations(of: rest).map { [first] + $0 }
    }
  }

  /// Answers and what is none, of the first of these kinds.
  private func cases(_ kinds: [AnswerKind]) -> [BarChart.Bar] {
    if kinds == [.text] { return texts() }
    if kinds == [.choice] {
      let question = question(.choice, .choice(1), choices: ["louder", "softer", "faster", "slower"])
      return [("the right option", 1), ("a wrong option", 2)].map {
        BarChart.Bar(title: $0, value: score(.choice($1), question))
      }
        + [BarChart.Bar(title: "nothing readable", value: score(.unreadable(.noAnswer), question))]
    }
    let truth = [Interval(30, 50), Interval(100, 120)]
    let question = question(.intervals, .intervals(truth))
    let answers: [(String, [Interval])] = [
      ("the two true intervals", truth), ("the first of them", [truth[0]]),
      ("three more", truth + (0..<3).map { Interval(60 + 10 * Double($0), 65 + 10 * Double($0)) }),
      ("twelve of 5 s", (0..<12).map { Interval(15 * Double($0), 15 * Double($0) + 5) }),
      ("the whole track", [Interval(0, Self.duration)]),
      ("one beyond its end", [Interval(Self.duration + 20, Self.duration + 40)]),
    ]
    return answers.map { BarChart.Bar(title: $0, value: score(.intervals($1), question)) } + [
      BarChart.Bar(
        title: "the true ones in prose",
        value: score(Reading(outcome: .answered, answer: .intervals(truth), isStrict: false), question)),
      BarChart.Bar(title: "“none”", value: score(Reading(outcome: .empty, answer: nil, isStrict: true), question)),
      BarChart.Bar(title: "nothing readable", value: score(.unreadable(.noAnswer), question)),
      BarChart.Bar(
        title: "the true ones in 400 tokens",
        value: score(Reading(outcome: .answered, answer: .intervals(truth), isStrict: true), question, tokens: 400)),
    ]
  }

  private func texts() -> [BarChart.Bar] {
    let words = "the drums enter softly and the guitar becomes louder than before".split(separator: " ")
    let question = question(.text, .text(words.joined(separator: " ")))
    let answers: [(String, [Substring])] = [
      ("the reference", words), ("its first half", Array(words.prefix(words.count / 2))),
      ("its words in reverse", words.reversed()), ("its commonest word alone", ["the"]),
      ("other words", ["nothing", "changes"]),
    ]
    return answers.map { BarChart.Bar(title: $0, value: score(.text($1.joined(separator: " ")), question)) }
  }

  // MARK: Scores

  private func question(
    _ kind: AnswerKind, _ reference: Answer, choices: [String] = [], items: [String] = []
  ) -> Question {
    Question(
      id: "shape", trackID: "shape", task: "shape", text: "", kind: kind, choices: choices, items: items,
      references: [reference], duration: Self.duration)
  }

  private func score(_ answer: Answer, _ question: Question) -> Double {
    score(Reading(outcome: .answered, answer: answer, isStrict: true), question)
  }

  private func score(_ reading: Reading, _ question: Question, tokens: Int = 8) -> Double {
    reward.score(reading, in: Response(text: "", tokenCount: tokens, isTruncated: false), to: question) ?? .nan
  }
}
