/// Told how far a long piece of work is.
public struct WorkProgress: Sendable {
  public let report: @Sendable (_ title: String, _ done: Int, _ total: Int) -> Void

  public init(_ report: @escaping @Sendable (_ title: String, _ done: Int, _ total: Int) -> Void) {
    self.report = report
  }

  public static let silent = WorkProgress { _, _, _ in }
}
