import Experiments
import Options
import RunReports

/// In which options the arms of a report differ.
///
/// An option that all arms have is a row of the table; what only some have, such as the rewards of an arm beside a supervised control, is
/// said once, in the table's note.
struct ReportDifferences {
  /// Options that tell runs apart and not arms.
  private static let unsaid: Set<String> = ["name", "summary", "seed"]
  /// Keys that only some arms have are listed up to so many an arm.
  private static let listed = 12

  private let names: [String]
  /// Option → its value in each arm, `nil` where an arm has no such option; in the order of the first arm's file.
  private var options: [(path: String, values: [String?])] = []

  /// Of each arm's first run; runs of one arm differ in their seed alone.
  init(_ arms: [ReportArm]) throws {
    names = arms.map(\.name)
    let files = try arms.compactMap { try $0.runs.first.map { try YAMLFile(path: $0.directory.resolvedFile).root } }
    guard files.count == arms.count, let first = files.first else { return }
    var places: [String: Int] = [:]
    for (arm, other) in files.enumerated().dropFirst() {
      for difference in OptionDifference.between(first, other) where !Self.unsaid.contains(difference.path) {
        let place = places[difference.path] ?? options.count
        if place == options.count {
          places[difference.path] = place
          options.append((difference.path, [String?](repeating: difference.first, count: files.count)))
        }
        options[place].values[arm] = difference.second
      }
    }
  }

  /// `nil` where there is one arm, or where arms differ in nothing that can be shown.
  var table: SummaryTable? {
    guard !options.isEmpty else { return nil }
    let rows = options.filter { !$0.values.contains(nil) }
      .map { option in [.text(option.path)] + option.values.map { SummaryTable.Cell.text($0 ?? "–") } }
    return SummaryTable(
      title: "How the arms differ", note: note, columns: ["option"] + names, rows: rows, isFolded: names.count > 4)
  }

  private var note: String {
    let only = options.filter { $0.values.contains(nil) }
    let holders = only.map { option in names.indices.filter { option.values[$0] != nil } }
    var sets: [[Int]] = []
    for holder in holders where !sets.contains(holder) { sets.append(holder) }
    return sets.map { set in
      let paths = zip(only, holders).filter { $0.1 == set }.map(\.0.path)
      let rest = paths.count - Self.listed
      return "Only in \(set.map { names[$0] }.joined(separator: ", ")): "
        + paths.prefix(Self.listed).joined(separator: ", ") + (rest > 0 ? " and \(rest) more." : ".")
    }.joined(separator: " ")
  }
}
