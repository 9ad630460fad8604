/// How well an answered order agrees with the true one.
///
/// Built from two permutations of the same items; what follows is a function of the places σ(1…n) that the items of the answer
/// hold in the truth, so that the identity is a perfect answer. The numbers are those of `OrderDistance`; items are indices here,
/// which makes it some twenty times as fast.
struct OrderAgreement {
  private let places: [Int]

  /// `nil` where one list is not a permutation of the other.
  init?(answer: [Int], reference: [Int]) {
    guard answer.count == reference.count else { return nil }
    var places: [Int] = []
    places.reserveCapacity(answer.count)
    if OrderAgreement.areSmallIndices(reference) {
      var placeOf = [Int](repeating: -1, count: reference.count)
      for (place, item) in reference.enumerated() { placeOf[item] = place }
      for item in answer {
        guard placeOf.indices.contains(item), placeOf[item] >= 0 else { return nil }
        places.append(placeOf[item])
        placeOf[item] = -1
      }
    } else {
      var placeOf: [Int: Int] = [:]
      for (place, item) in reference.enumerated() where placeOf.updateValue(place, forKey: item) != nil { return nil }
      for item in answer {
        guard let place = placeOf.removeValue(forKey: item) else { return nil }
        places.append(place)
      }
    }
    self.places = places
  }

  /// The share of pairs in the right order: 1 − 2·K/(n(n − 1)) with the Kendall distance K; 1 for fewer than two items.
  var pairwiseAccuracy: Double {
    let pairs = places.count * (places.count - 1) / 2
    return pairs == 0 ? 1 : 1 - Double(inversions) / Double(pairs)
  }

  /// Kendall's τ, −1…1: without ties τ-a, τ-b and τ-c are one number.
  var kendallTau: Double { 2 * pairwiseAccuracy - 1 }

  /// 1 − F/⌊n²/2⌋ with Spearman's footrule F = Σ|i − σ(i)|; 1 for fewer than two items.
  var footruleSimilarity: Double {
    let greatest = places.count * places.count / 2
    let distance = places.enumerated().reduce(0) { $0 + abs($1.offset - $1.element) }
    return greatest == 0 ? 1 : 1 - Double(distance) / Double(greatest)
  }

  /// (L − 1)/(n − 1) with L the length of the longest increasing subsequence; 1 for fewer than two items.
  var longestRun: Double {
    guard places.count > 1 else { return 1 }
    var lastOfLength: [Int] = []
    for place in places {
      var low = 0
      var high = lastOfLength.count
      while low < high {
        let middle = (low + high) / 2
        if lastOfLength[middle] < place { low = middle + 1 } else { high = middle }
      }
      if low == lastOfLength.count { lastOfLength.append(place) } else { lastOfLength[low] = place }
    }
    return Double(lastOfLength.count - 1) / Double(places.count - 1)
  }

  var isExact: Bool { places.indices.allSatisfy { places[$0] == $0 } }

  /// Pairs in the wrong order.
  private var inversions: Int {
    var count = 0
    for later in places.indices {
      for earlier in 0..<later where places[earlier] > places[later] { count += 1 }
    }
    return count
  }

  private static func areSmallIndices(_ items: [Int]) -> Bool {
    var seen = [Bool](repeating: false, count: items.count)
    for item in items {
      guard seen.indices.contains(item), !seen[item] else { return false }
      seen[item] = true
    }
    return true
  }
}
