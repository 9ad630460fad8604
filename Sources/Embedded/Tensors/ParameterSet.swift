/// The place of one parameter in a ``ParameterSet``, valid for the set that gave it and for copies of that set.
public struct ParameterID: Sendable, Hashable {
  let index: Int
}

/// Named tensors in the order in which they were added, each trainable or frozen.
public struct ParameterSet: Sendable {
  public private(set) var names: [String] = []
  private var tensors: [Tensor] = []
  private var trainable: [Bool] = []
  private var positions: [String: Int] = [:]

  public init() {}

  /// Adds a trainable parameter; traps where the name is taken.
  public mutating func add(_ name: String, _ value: Tensor) -> ParameterID {
    precondition(positions[name] == nil, "two parameters are named \(name)")
    positions[name] = tensors.count
    names.append(name)
    tensors.append(value)
    trainable.append(true)
    return ParameterID(index: tensors.count - 1)
  }

  /// The value of a parameter; a new value must have the same shape.
  public subscript(id: ParameterID) -> Tensor {
    get { tensors[id.index] }
    set {
      precondition(newValue.shape == tensors[id.index].shape, "\(names[id.index]) keeps shape \(tensors[id.index].shape)")
      tensors[id.index] = newValue
    }
  }

  /// The parameter of a name, `nil` where there is none.
  public func id(named name: String) -> ParameterID? {
    positions[name].map(ParameterID.init(index:))
  }

  public func name(of id: ParameterID) -> String { names[id.index] }

  /// Every parameter, in order.
  public var ids: [ParameterID] { tensors.indices.map(ParameterID.init(index:)) }

  /// The number of parameters (tensors).
  public var count: Int { tensors.count }

  /// The number of elements of all parameters.
  public var elementCount: Int { tensors.reduce(0) { $0 + $1.count } }

  /// The number of elements that training may move.
  public var trainableElementCount: Int { zip(tensors, trainable).reduce(0) { $0 + ($1.1 ? $1.0.count : 0) } }

  public func isTrainable(_ id: ParameterID) -> Bool { trainable[id.index] }

  /// Freezes a parameter, or lets it be trained again.
  ///
  /// A frozen one gets no gradient and no optimiser step.
  public mutating func setTrainable(_ isTrainable: Bool, _ id: ParameterID) {
    trainable[id.index] = isTrainable
  }

  /// Freezes, or lets be trained, every parameter whose name satisfies `predicate`.
  public mutating func setTrainable(_ isTrainable: Bool, where predicate: (String) -> Bool) {
    for (index, name) in names.enumerated() where predicate(name) { trainable[index] = isTrainable }
  }

  /// Changes the elements of one parameter in place.
  mutating func withUnsafeMutableElements<Result>(
    of id: ParameterID, _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    try tensors[id.index].withUnsafeMutableBufferPointer(body)
  }
}
