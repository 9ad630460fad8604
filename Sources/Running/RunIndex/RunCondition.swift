#if Whole
  package import Files
  import GRDB

  /// A condition on runs as a person writes it: `algorithm = grpo and reward/mean > 0.5`.
  ///
  ///     condition  = and { "or" and }
  ///     and        = not { "and" not }
  ///     not        = "not" not | "(" condition ")" | name operator value
  ///     operator   = "=" | "!=" | "<" | "<=" | ">" | ">="
  ///     name       = an option's key path, a metric, or name, stage, algorithm, seed, status, folder …; quoted where it holds spaces
  ///     value      = a number, a word, or a text in quotes
  ///
  /// A run that has no value under a name fulfils no comparison with it. Numbers compare as numbers, texts letter by letter.
  package struct RunCondition: Sendable, Hashable {
    indirect enum Node: Sendable, Hashable {
      case comparison(name: String, sign: String, value: RunRecord.Fact)
      case not(Node)
      case and(Node, Node)
      case or(Node, Node)
    }

    let text: String
    let root: Node
    /// Every name with the place where it stands, counted from 1.
    let names: [(name: String, position: Int)]

    /// Throws with the place of what cannot be read.
    package init(_ text: String) throws(NamedError) {
      var parser = RunConditionParser(text)
      root = try parser.whole()
      names = parser.names
      self.text = text
    }

    /// A message about a place in the condition, with the condition and a mark under it.
    func error(_ message: String, at position: Int) -> NamedError {
      RunConditionParser.error(message, at: position, in: text)
    }

    /// The condition on a row of `run`, and the values of its placeholders.
    var sql: (String, [any DatabaseValueConvertible]) { Self.sql(of: root) }

    private static func sql(of node: Node) -> (String, [any DatabaseValueConvertible]) {
      switch node {
      case .not(let inner):
        let (text, values) = sql(of: inner)
        return ("NOT (\(text))", values)
      case .and(let first, let second): return joined("AND", first, second)
      case .or(let first, let second): return joined("OR", first, second)
      case .comparison("folder", let sign, let value):
        return ("run.folder \(sign) ?", [value.description])
      case .comparison(let name, let sign, let value):
        let column = if case .number = value { "number" } else { "text" }
        let bound: any DatabaseValueConvertible =
          switch value {
          case .number(let number): number
          case .text(let text): text
          }
        return (
          "EXISTS (SELECT 1 FROM fact AS f WHERE f.run = run.id AND f.name = ? AND f.\(column) \(sign) ?)", [name, bound]
        )
      }
    }

    private static func joined(
      _ word: String, _ first: Node, _ second: Node
    ) -> (String, [any DatabaseValueConvertible]) {
      let (left, leftValues) = sql(of: first)
      let (right, rightValues) = sql(of: second)
      return ("(\(left)) \(word) (\(right))", leftValues + rightValues)
    }

    package static func == (first: RunCondition, second: RunCondition) -> Bool { first.root == second.root }

    package func hash(into hasher: inout Hasher) { hasher.combine(root) }
  }
#endif
