internal import CTensorKernels

/// The derivatives by each variable of a tape that backward has gathered so far.
struct Cotangents {
  private var slots: [Tensor?]

  init(count: Int) {
    slots = [Tensor?](repeating: nil, count: count)
  }

  /// Takes the derivative by a variable out, `nil` where nothing depends on it.
  mutating func take(_ variable: Int) -> Tensor? {
    defer { slots[variable] = nil }
    return slots[variable]
  }

  /// Adds a derivative; the first one is stored as it is.
  mutating func add(_ cotangent: Tensor, to variable: Variable) {
    guard variable.needsGradient else { return }
    precondition(cotangent.shape == variable.shape, "a derivative of shape \(cotangent.shape) by a value of \(variable.shape)")
    guard slots[variable.index] != nil else {
      slots[variable.index] = cotangent
      return
    }
    cotangent.withPointer { from in
      accumulate(into: variable) { buffer, _ in takt_add_scaled(1, from, buffer.start, buffer.count) }
    }
  }

  /// Calls `body` with the elements to add to.
  ///
  /// Where `isFirst` holds they are not initialised: `body` sets every one.
  mutating func accumulate(into variable: Variable, _ body: (UnsafeMutableBufferPointer<Float>, _ isFirst: Bool) -> Void) {
    guard variable.needsGradient else { return }
    if var sum = slots[variable.index] {
      slots[variable.index] = nil
      sum.withUnsafeMutableBufferPointer { body($0, false) }
      slots[variable.index] = sum
    } else {
      slots[variable.index] = Tensor(shape: variable.shape) { body($0, true) }
    }
  }

  /// Calls `body` with the elements to add to, zeros at first.
  mutating func accumulateInitialized(into variable: Variable, _ body: (UnsafeMutableBufferPointer<Float>) -> Void) {
    accumulate(into: variable) { buffer, isFirst in
      if isFirst { buffer.update(repeating: 0) }
      body(buffer)
    }
  }
}
