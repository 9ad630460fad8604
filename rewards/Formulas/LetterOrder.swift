import Questions

/// The order that a lettered option stands for, where the options are the permutations of a question's items.
enum LetterOrder {
  /// Indices of the items in the order of option `choice`.
  ///
  /// Options with texts are read: an item is found where its name stands as a word of its own, so that `Y → X → Z` gives
  /// 1, 0, 2. Without texts the options are the permutations in lexicographic order, as in MusTBench's GTO: A is XYZ, F is ZYX.
  /// `nil` where the option is none of these or its text does not name every item once.
  static func items(of choice: Int, in question: Question) -> [Int]? {
    guard question.items.count > 1, choice >= 0 else { return nil }
    guard !question.choices.isEmpty else { return lexicographic(choice, of: question.items.count) }
    guard choice < question.choices.count else { return nil }
    let words = question.choices[choice].split { !$0.isLetter && !$0.isNumber }
    let order = words.compactMap { word in question.items.firstIndex { $0 == word } }
    return Set(order).count == order.count && order.count == question.items.count ? order : nil
  }

  /// Permutation number `index` of 0…count−1, counted from 0 in lexicographic order; `nil` beyond the last.
  static func lexicographic(_ index: Int, of count: Int) -> [Int]? {
    guard count <= 12 else { return nil }
    var rest = Array(0..<count)
    var block = (1...max(1, count)).reduce(1, *)
    guard index >= 0, index < block else { return nil }
    var remainder = index
    var order: [Int] = []
    while !rest.isEmpty {
      block /= rest.count
      order.append(rest.remove(at: remainder / block))
      remainder %= block
    }
    return order
  }
}
