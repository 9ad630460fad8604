import Randomness

/// Letters dealt from a shuffled deck, so that over the questions of a track each is right equally often, give or take one.
struct LetterDeck {
  let count: Int
  private var rest: [Int] = []

  init(count: Int) {
    self.count = count
  }

  /// The index of the next letter.
  mutating func deal(using stream: inout RandomStream) -> Int {
    if rest.isEmpty { rest = Array(0..<count).shuffled(using: &stream) }
    return rest.removeLast()
  }
}
