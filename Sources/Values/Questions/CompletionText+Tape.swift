package import Files

extension CompletionText {
  /// As the decoder reads it; `nil` where that may refuse it.
  package init?(tape element: JSONElement) {
    guard let text = Self.text(element) else { return nil }
    self.init(text)
  }

  private static func text(_ element: JSONElement) -> String? {
    if let text = element.string { return text }
    if element.isNull { return "" }
    if element.isList { return element.list(piece)?.joined() }
    guard let members = try? JSONMembers(element, names), members.contains(1) || members.contains(2) else { return nil }
    return piece(members)
  }

  private static let names: [StaticString] = ["role", "text", "content"]

  /// The text of a message or of a part of one; empty where it is not the assistant's.
  private static func piece(_ element: JSONElement) -> String? {
    if let text = element.string { return text }
    if element.isNull { return "" }
    return (try? JSONMembers(element, names)).flatMap(piece)
  }

  private static func piece(_ members: JSONMembers) -> String? {
    do {
      let role = try members.text(0)
      let text = try members.text(1)
      let content = try members.value(2, Self.text)
      return role == nil || role == "assistant" ? text ?? content ?? "" : ""
    } catch {
      return nil
    }
  }
}
