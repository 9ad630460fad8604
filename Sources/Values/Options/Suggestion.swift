/// The name that someone meant who wrote another.
package enum Suggestion {
  /// The nearest of `known` to `name`: at most a third of its letters differ (added, left out, another, or two exchanged); `nil` where none
  /// is so near.
  package static func nearest(to name: String, among known: some Sequence<String>) -> String? {
    let letters = Array(name.lowercased().unicodeScalars.prefix(longest))
    var best: (name: String, distance: Int)?
    for other in known where other != name {
      let distance = distance(letters, Array(other.lowercased().unicodeScalars.prefix(longest)))
      let allowed = max(1, max(letters.count, other.unicodeScalars.count) / 3)
      if distance <= allowed, distance < best?.distance ?? .max { best = (other, distance) }
    }
    return best?.name
  }

  /// "; did you mean 'onset-error'?", or nothing.
  package static func words(for name: String, among known: some Sequence<String>) -> String {
    nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
  }

  private static let longest = 64

  /// Optimal string alignment (Damerau–Levenshtein without overlaps).
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
