/// Scratch memory of a fixed number of floats, zeros at first, freed with its last owner.
final class FloatBuffer {
  let start: UnsafeMutablePointer<Float>

  init(count: Int) {
    start = .allocate(capacity: max(1, count))
    start.initialize(repeating: 0, count: max(1, count))
  }

  deinit { start.deallocate() }
}
