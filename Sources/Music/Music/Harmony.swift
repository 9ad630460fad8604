import Randomness

/// The chords of a theme over a scale, one a bar.
struct Harmony {
  /// Semitones of the scale's seven degrees above the tonic.
  let scale: [Int]
  /// Degrees 0…6 on which the chords stand, repeated as often as needed.
  let progression: [Int]

  private static let majorProgressions = [
    [0, 4, 5, 3], [0, 5, 3, 4], [0, 3, 4, 4], [5, 3, 0, 4], [0, 3, 0, 4], [1, 4, 0, 0], [0, 2, 3, 4], [3, 4, 2, 5],
  ]
  private static let minorProgressions = [
    [0, 5, 2, 6], [0, 3, 4, 0], [0, 6, 5, 4], [0, 3, 6, 2], [0, 5, 3, 4], [0, 0, 5, 6],
  ]

  init(minor: Bool, random: inout RandomStream) {
    scale = minor ? [0, 2, 3, 5, 7, 8, 10] : [0, 2, 4, 5, 7, 9, 11]
    let choices = minor ? Self.minorProgressions : Self.majorProgressions
    progression = choices[random.integer(in: 0...(choices.count - 1))]
  }

  /// The three pitch classes of the chord in a bar, root first.
  func chord(bar: Int, tonic: Int) -> [Int] {
    let degree = progression[bar % progression.count]
    return [0, 2, 4].map { (tonic + scale[(degree + $0) % 7]) % 12 }
  }

  /// The lowest key of a pitch class that is not below `floor`.
  static func key(_ pitchClass: Int, from floor: Int) -> Int {
    floor + ((pitchClass - floor) % 12 + 12) % 12
  }

  /// All keys of the scale in a range, ascending.
  func keys(tonic: Int, in range: ClosedRange<Int>) -> [Int] {
    let classes = Set(scale.map { ($0 + tonic) % 12 })
    return range.filter { classes.contains($0 % 12) }
  }
}
