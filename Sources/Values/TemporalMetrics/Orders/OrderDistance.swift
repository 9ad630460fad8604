import SeedStatistics

/// How far one order of the same items is from another.
///
/// All distances are 0 for equal orders. Diaconis and Graham 1977, *Spearman's Footrule as a Measure of Disarray*.
public struct OrderDistance: Sendable, Hashable {
  /// Place in the reference of the item at each place of the prediction.
  private let places: [Int]

  /// `nil` where the two are not orders of the same items, each once.
  public init?<Item: Hashable>(predicted: [Item], reference: [Item]) {
    let place = Dictionary(zip(reference, 0...), uniquingKeysWith: { first, _ in first })
    let places = predicted.compactMap { place[$0] }
    guard place.count == reference.count, places.count == reference.count, predicted.count == reference.count,
      Set(places).count == places.count
    else { return nil }
    self.places = places
  }

  public var count: Int { places.count }

  public var isExact: Bool { hammingMatches == count }

  /// Share of items at their own place, 0…1; `nil` without items.
  public var positionAccuracy: Double? { count > 0 ? Double(hammingMatches) / Double(count) : nil }

  private var hammingMatches: Int { places.indices.count { places[$0] == $0 } }

  /// Σ |place − place in the reference|, 0…⌊n²/2⌋.
  public var footrule: Int { places.indices.reduce(0) { $0 + abs($1 - places[$1]) } }

  /// Footrule over its maximum, 0…1; 0 with fewer than two items.
  public var normalizedFootrule: Double { count > 1 ? Double(footrule) / Double(count * count / 2) : 0 }

  /// 1 − normalised footrule.
  ///
  /// For three items the three worst orders are alike to it; a guess earns 1/3.
  public var footruleSimilarity: Double { 1 - normalizedFootrule }

  /// Pairs of items in the wrong order, 0…n(n−1)/2: exchanges of neighbours needed.
  public var kendall: Int {
    var inversions = 0
    for later in places.indices {
      for earlier in 0..<later where places[earlier] > places[later] { inversions += 1 }
    }
    return inversions
  }

  /// Share of pairs in the right order, 0…1; 1 with fewer than two items.
  ///
  /// A guess earns 1/2.
  public var pairwiseAccuracy: Double {
    count > 1 ? 1 - Double(kendall) / Double(count * (count - 1) / 2) : 1
  }

  /// Exchanges of any two items needed: n less the number of cycles.
  public var cayley: Int {
    var isSeen = Array(repeating: false, count: count)
    var cycles = 0
    for start in places.indices where !isSeen[start] {
      cycles += 1
      var place = start
      while !isSeen[place] {
        isSeen[place] = true
        place = places[place]
      }
    }
    return count - cycles
  }

  /// Items to take out and put elsewhere: n less the longest rising run, gaps allowed.
  public var ulam: Int {
    var tails: [Int] = []
    for place in places {
      let index = tails.partitioningIndex { $0 > place }
      if index == tails.count { tails.append(place) } else { tails[index] = place }
    }
    return count - tails.count
  }
}
