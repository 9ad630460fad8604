import Files

extension RunEvent {
  /// As ``init(jsonLine:)``; `nil` where that has to decide.
  init?(tape element: JSONElement) {
    var kind: Kind?
    var step: Int?
    var totalSteps: Int?
    var text: String?
    var scalars: [String: Double] = [:]
    var isPlain = element.isObject
    element.forEachMember { key, value in
      switch key {
      case "kind":
        isPlain = isPlain && kind == nil
        kind = value.string.flatMap(Kind.init)
      case "step":
        isPlain = isPlain && step == nil
        step = value.int
      case "total_steps":
        isPlain = isPlain && totalSteps == nil
        totalSteps = value.int
      case "text":
        isPlain = isPlain && text == nil
        text = value.string
        isPlain = isPlain && text != nil
      default:
        guard let number = value.double ?? Self.number(value) else {
          isPlain = false
          return
        }
        let earlier = scalars.updateValue(number, forKey: key.string)
        isPlain = isPlain && earlier == nil
      }
    }
    guard isPlain, let kind, let step, let totalSteps, scalars.keys.allSatisfy({ $0.contains("/") }) else { return nil }
    self.init(kind: kind, step: step, totalSteps: totalSteps)
    self.text = text ?? ""
    self.scalars = scalars
  }

  /// A number that JSON does not know.
  private static func number(_ element: JSONElement) -> Double? {
    guard let key = element.key else { return nil }
    switch key {
    case "nan": return .nan
    case "inf": return .infinity
    case "-inf": return -.infinity
    default: return nil
    }
  }
}
