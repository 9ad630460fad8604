import Questions
import Randomness
import Rewards

/// Policies for orders, choices and texts.
extension BlindPolicies {
  func orders() -> [AuditedPolicy] {
    let sheet = sheet
    func fixed(_ name: String, _ summary: String, _ answer: @escaping @Sendable (Question) -> [Int]) -> AuditedPolicy {
      AuditedPolicy(name, .blind, summary) { question, _ in sheet.text(.order(answer(question)), to: question) }
    }
    let places = BlindAnswers.meanPlaces(of: questions)
    return [
      fixed("as-listed", "the items as they are listed") { Array($0.items.indices) },
      fixed("inverted", "the items in reverse") { $0.items.indices.reversed() },
      AuditedPolicy("shuffled", .blind, "the items in any order", isRandom: true) { question, stream in
        sheet.text(.order(question.items.indices.shuffled(using: &stream)), to: question)
      },
      fixed("prior", "the items by their usual place") { question in
        question.items.indices.sorted {
          (places[question.items[$0]] ?? 0.5, $0) < (places[question.items[$1]] ?? 0.5, $1)
        }
      },
      AuditedPolicy("duplicates", .blind, "the first item again and again") { question, _ in
        Array(repeating: question.items.first ?? "", count: question.items.count).joined(separator: ",")
      },
      AuditedPolicy("hedging", .blind, "one order or its reverse") { question, _ in
        let listed = sheet.text(.order(Array(question.items.indices)), to: question)
        return "\(listed) or \(sheet.text(.order(question.items.indices.reversed()), to: question))"
      },
      AuditedPolicy("tiny", .blind, "one item alone") { question, _ in question.items.first ?? "" },
      borrowed(),
    ]
  }

  func choices() -> [AuditedPolicy] {
    let sheet = sheet
    @Sendable func letter(_ index: Int, _ question: Question) -> String {
      sheet.text(.choice(min(index, question.optionCount - 1)), to: question)
    }
    let common = Dictionary(grouping: questions, by: \.priorKey).mapValues { Self.commonest($0) }
    return [
      AuditedPolicy("first-option", .blind, "A") { question, _ in letter(0, question) },
      AuditedPolicy("last-option", .blind, "the last option") { question, _ in letter(.max, question) },
      AuditedPolicy("uniform", .blind, "any option", isRandom: true) { question, stream in
        letter(stream.integer(in: 0...question.optionCount - 1), question)
      },
      AuditedPolicy("prior", .blind, "the option that most often is right") { question, _ in
        sheet.text(common[question.priorKey].flatMap { $0.first } ?? .choice(0), to: question)
      },
      AuditedPolicy("hedging", .blind, "one option or another") { question, _ in
        (0..<question.optionCount).map { letter($0, question) }.joined(separator: " or ")
      },
      AuditedPolicy("duplicates", .blind, "A ten times") { question, _ in
        Array(repeating: letter(0, question), count: 10).joined(separator: ", ")
      },
      borrowed(),
    ]
  }

  func texts() -> [AuditedPolicy] {
    let common = Dictionary(grouping: questions, by: \.priorKey).mapValues { Self.commonest($0) }
    let words = Dictionary(grouping: questions, by: \.priorKey).mapValues { Self.usualWords($0) }
    @Sendable func best(_ question: Question) -> String {
      if case .text(let text)? = common[question.priorKey]?.first { text } else { "" }
    }
    return [
      AuditedPolicy("prior", .blind, "the commonest reference") { question, _ in best(question) },
      AuditedPolicy("usual-words", .blind, "the 20 commonest words") { question, _ in
        (words[question.priorKey] ?? []).joined(separator: " ")
      },
      AuditedPolicy("duplicates", .blind, "the commonest reference five times") { question, _ in
        Array(repeating: best(question), count: 5).joined(separator: " ")
      },
      AuditedPolicy("hedging", .blind, "the three commonest references") { question, _ in
        (common[question.priorKey] ?? []).prefix(3).map { if case .text(let text) = $0 { text } else { "" } }
          .joined(separator: " ")
      },
      borrowed(),
    ]
  }

  /// Reference answers, most frequent first, ties by first appearance.
  private static func commonest(_ questions: [Question]) -> [Answer] {
    var counts: [Answer: Int] = [:]
    var heard: [Answer] = []
    for reference in questions.flatMap(\.references) {
      if counts[reference] == nil { heard.append(reference) }
      counts[reference, default: 0] += 1
    }
    return heard.enumerated().sorted { (-(counts[$0.element] ?? 0), $0.offset) < (-(counts[$1.element] ?? 0), $1.offset) }
      .map(\.element)
  }

  private static func usualWords(_ questions: [Question]) -> [String] {
    var counts: [String: Int] = [:]
    for case .text(let text) in questions.flatMap(\.references) {
      for word in BenchmarkMetric.words(text) { counts[word, default: 0] += 1 }
    }
    return counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(20).map(\.key)
  }
}
