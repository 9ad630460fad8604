/// Places in a list by id, whose hashes may be computed on other threads beforehand.
struct IdentifierPlaces: Sendable {
  /// A place plus 1; 0 where there is none.
  private var slots: [Int32] = []
  /// By place.
  private var hashes: [Int] = []

  mutating func reserve(_ count: Int) {
    hashes.reserveCapacity(count)
    grow(to: count)
  }

  /// Gives an id the next place, unless it has one, which is returned.
  ///
  /// - Parameter isSame: whether the id at a place is this one.
  mutating func insert(hash: Int, isSame: (Int) -> Bool) -> Int? {
    if let place = place(hash: hash, isSame: isSame) { return place }
    hashes.append(hash)
    if 2 * hashes.count > slots.count {
      grow(to: hashes.count)
    } else {
      fill(hashes.count - 1)
    }
    return nil
  }

  func place(hash: Int, isSame: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = hash & (slots.count - 1)
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if hashes[place] == hash, isSame(place) { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func fill(_ place: Int) {
    var slot = hashes[place] & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(place) + 1
  }

  private mutating func grow(to count: Int) {
    var size = max(16, slots.count)
    while size < 4 * count { size *= 2 }
    guard size > slots.count else { return }
    slots = [Int32](repeating: 0, count: size)
    for place in hashes.indices { fill(place) }
  }
}
