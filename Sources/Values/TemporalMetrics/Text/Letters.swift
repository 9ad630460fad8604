/// A word as its Unicode scalars, cheap to cut at the end.
struct Letters: Hashable {
  var scalars: [Unicode.Scalar]

  init(_ word: String) {
    scalars = Array(word.unicodeScalars)
  }

  private init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  var count: Int { scalars.count }

  var word: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  func hasSuffix(_ suffix: String) -> Bool {
    var index = scalars.count
    for scalar in suffix.unicodeScalars.reversed() {
      index -= 1
      guard index >= 0, scalars[index] == scalar else { return false }
    }
    return true
  }

  func hasPrefix(_ prefix: String) -> Bool { scalars.starts(with: prefix.unicodeScalars) }

  /// Without the last `count` letters.
  func dropping(_ count: Int) -> Letters { Letters(Array(scalars.dropLast(count))) }

  /// With another ending in place of `suffix`, which it has.
  func replacing(_ suffix: String, with ending: String) -> Letters {
    Letters(Array(scalars.dropLast(suffix.unicodeScalars.count)) + Array(ending.unicodeScalars))
  }
}
