/// A completion as chat programs write it, read as its text.
///
/// - A string is the completion.
/// - `null` is an empty one: chat endpoints give it where reasoning was cut off or the model refused.
/// - A list of messages, `[{"role": "assistant", "content": …}]`, as trainers hand over for conversational data: the contents of those
///   by the assistant, or without a role, joined. A message may also stand by itself.
/// - A message's content is a string, `null`, or a list of parts such as `{"type": "text", "text": …}` or plain strings, whose texts are
///   joined; parts without a text, and `null`, are stepped over. A part, or a list of parts, may also stand by itself.
package struct CompletionText: Sendable, Hashable {
  package var text: String

  package init(_ text: String) {
    self.text = text
  }
}

extension CompletionText: Decodable {
  package init(from decoder: any Decoder) throws {
    text = try Self.text(try Content(from: decoder), in: decoder)
  }

  private static func text(_ content: Content, in decoder: any Decoder) throws -> String {
    switch content {
    case .nothing: return ""
    case .text(let text): return text
    case .list(let pieces):
      return try pieces.filter { $0.role == nil || $0.role == "assistant" }.map { piece in
        try piece.text ?? piece.content.map { try text($0, in: decoder) } ?? ""
      }.joined()
    }
  }

  private indirect enum Content: Decodable {
    case nothing
    case text(String)
    case list([Piece])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .nothing
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if (try? decoder.unkeyedContainer()) != nil {
        self = .list(try container.decode([Piece].self))
      } else if let fields = try? decoder.container(keyedBy: Piece.CodingKeys.self),
        fields.contains(.text) || fields.contains(.content)
      {
        self = .list([try container.decode(Piece.self)])
      } else {
        // Names what was expected.
        self = .text(try container.decode(String.self))
      }
    }
  }

  /// A message or a part of one.
  private struct Piece: Decodable {
    var role: String?
    var text: String?
    var content: Content?

    enum CodingKeys: CodingKey { case role, text, content }

    init(from decoder: any Decoder) throws {
      guard let fields = try? decoder.container(keyedBy: CodingKeys.self) else {
        let container = try decoder.singleValueContainer()
        text = container.decodeNil() ? nil : try container.decode(String.self)
        return
      }
      role = try fields.decodeIfPresent(String.self, forKey: .role)
      text = try fields.decodeIfPresent(String.self, forKey: .text)
      content = try fields.decodeIfPresent(Content.self, forKey: .content)
    }
  }
}
