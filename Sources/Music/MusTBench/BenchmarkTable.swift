/// MusTBench's table: a mean a column, and how much of each task could not be read.
public struct BenchmarkTable: Sendable, Hashable {
  /// The mean of one measure over the questions of a task or of one of its categories.
  public struct Column: Sendable, Hashable {
    public var task: String
    /// Empty for all categories of the task.
    public var category: String
    public var measure: BenchmarkMeasure
    /// 0…1.
    public var mean: Double
    /// Number of questions.
    public var count: Int
    /// Whether MusTBench's overall score counts it.
    package var isHeadline: Bool

    /// Such as `tsg/onset/hit@3s`.
    package var name: String { BenchmarkTable.columnName(task, category, measure) }
  }

  /// Share of the answers to one task that hold no legal answer.
  public struct Unreadable: Sendable, Hashable {
    public var task: String
    /// 0…1.
    public var share: Double
    package var count: Int
  }

  /// Only those with questions: first in the paper's order, then tasks that it does not have, in order of name.
  public let columns: [Column]
  public let unreadable: [Unreadable]

  public init(_ scores: [QuestionScore]) {
    let tasks = Self.tasks(of: scores)
    columns = tasks.flatMap { Self.columns(of: $0, among: scores) }
    unreadable = tasks.map { task in
      let own = scores.filter { $0.task == task }
      return Unreadable(task: task, share: Double(own.count(where: \.isUnreadable)) / Double(own.count), count: own.count)
    }
  }

  public subscript(name: String) -> Column? { columns.first { $0.name == name } }

  /// The plain mean of MusTBench's columns that are there; `nil` without any.
  ///
  /// The paper's has eight. The CLAP score is there only where it was supplied: without it, compare with the mean of the paper's
  /// other seven.
  public var overall: Double? {
    let headline = columns.filter(\.isHeadline)
    return headline.isEmpty ? nil : headline.reduce(0) { $0 + $1.mean } / Double(headline.count)
  }

  static func columnName(_ task: String, _ category: String, _ measure: BenchmarkMeasure) -> String {
    ([task] + (category.isEmpty ? [] : [category]) + [measure.name]).joined(separator: "/")
  }

  /// The names of the paper's eight columns, in its order.
  package static var paperColumns: [String] { headline.map { columnName($0.task, $0.category, $0.measure) } }

  /// The paper's columns, in its order.
  static let headline: [(task: String, category: String, measure: BenchmarkMeasure)] = [
    ("tsg", "onset", .hitWithin3Seconds), ("tsg", "offset", .hitWithin3Seconds), ("ltr", "", .accuracy), ("tad", "", .meteor),
    ("tad", "", .clap), ("gto", "", .accuracy), ("mtr", "", .iou), ("mtr", "", .f1),
  ]

  private static func tasks(of scores: [QuestionScore]) -> [String] {
    var order: [String] = []
    for column in headline where !order.contains(column.task) { order.append(column.task) }
    let present = Set(scores.map(\.task))
    return order.filter(present.contains) + present.subtracting(order).sorted()
  }

  /// The columns of a task: each category of TSG apart, other tasks as a whole.
  private static func columns(of task: String, among scores: [QuestionScore]) -> [Column] {
    let own = scores.filter { $0.task == task }
    let present = Set(own.map(\.category))
    let known = headline.filter { $0.task == task && !$0.category.isEmpty }.map(\.category)
    let categories = known.isEmpty ? [""] : known.filter(present.contains) + present.subtracting(known).sorted()
    return categories.flatMap { category in
      let group = category.isEmpty ? own : own.filter { $0.category == category }
      return Set(group.flatMap(\.values.keys)).sorted().compactMap { measure -> Column? in
        let values = group.compactMap { $0.values[measure] }
        guard !values.isEmpty else { return nil }
        let isHeadline = headline.contains { $0.task == task && $0.category == category && $0.measure == measure }
        return Column(
          task: task, category: category, measure: measure, mean: values.reduce(0, +) / Double(values.count),
          count: values.count, isHeadline: isHeadline)
      }
    }
  }
}
