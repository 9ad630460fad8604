/// The members of an object that a reader knows.
@usableFromInline
package struct JSONMembers {
  /// What a reader of a tape leaves to Foundation's decoder.
  @usableFromInline
  package struct Unusual: Error {
    @inlinable package init() {}
  }

  @usableFromInline var places = InlineArray<16, Int>(repeating: 0)
  @usableFromInline let element: JSONElement

  /// Throws where the element is no object, or one of these keys, of which there are at most 16, stands twice.
  @inlinable
  package init(_ element: JSONElement, _ names: [StaticString]) throws {
    guard element.isObject, names.count <= 16 else { throw Unusual() }
    self.element = element
    var isPlain = true
    element.forEachMember { key, value in
      for index in names.indices where names[index] ~= key {
        isPlain = isPlain && places[index] == 0
        places[index] = value.place
        return
      }
    }
    guard isPlain else { throw Unusual() }
  }

  @inlinable package func contains(_ index: Int) -> Bool { places[index] != 0 }

  /// `nil` where there is none, and for `null`.
  @inlinable package subscript(index: Int) -> JSONElement? {
    guard places[index] != 0 else { return nil }
    let value = element.at(places[index])
    return value.isNull ? nil : value
  }

  @inlinable package func text(_ index: Int) throws -> String? { try taken(self[index]) { $0.string } }

  @inlinable package func texts(_ index: Int) throws -> [String]? { try taken(self[index]) { $0.list(\.string) } }

  @inlinable package func int(_ index: Int) throws -> Int? { try taken(self[index]) { $0.int } }

  @inlinable package func bool(_ index: Int) throws -> Bool? { try taken(self[index]) { $0.bool } }

  @inlinable package func double(_ index: Int) throws -> Double? { try taken(self[index]) { $0.double } }

  /// What `body` makes of a member; throws where that is nothing.
  @inlinable package func value<Value>(_ index: Int, _ body: (JSONElement) throws -> Value?) throws -> Value? {
    try taken(self[index], body)
  }

  @inlinable
  @inline(__always)
  func taken<Value>(_ element: JSONElement?, _ body: (JSONElement) throws -> Value?) throws -> Value? {
    guard let element else { return nil }
    guard let value = try body(element) else { throw Unusual() }
    return value
  }
}
