import Tensors
import Work

/// What the machine does at best, measured in the same round as what is compared with it.
struct MachineLimits: Sendable {
  /// Floating-point operations a second of large matrix products in `Float` on one thread.
  let productsOnOneThread: Double
  /// The same with a product on every thread at once.
  let productsOnAllThreads: Double
  /// Bytes a second read and written by a copy that no cache holds, on one thread.
  let copiedBytes: Double
}

/// Measures the limits.
///
/// A peak is the best of three: interference makes products slower, never faster.
struct MachineProbe {
  /// Rows, columns and inner size of the products.
  private static let size = 1024
  private static let productsPerTiming = 2
  private static let copySize = 64 << 20

  private let left: Tensor
  private let right: Tensor
  private let memory = CopyBuffers(count: copySize)

  init() {
    let values = (0..<Self.size * Self.size).map { Float($0 % 17) / 17 - 0.5 }
    left = Tensor(shape: [Self.size, Self.size], values: values)
    right = Tensor(shape: [Self.size, Self.size], values: values.reversed())
  }

  let rows = [
    BenchRow(
      "sgemm_1_thread", "matrix products, 1 thread", unit: "GFLOP/s", .rate,
      explanation: "Float products of 1024 × 1024 by OpenBLAS, best of 3 a round: the limit of work on one core"),
    BenchRow(
      "sgemm_all_threads", "matrix products, \(availableThreads) threads", unit: "GFLOP/s", .rate,
      explanation: "the same with one product on every thread: the limit of training and sampling"),
    BenchRow(
      "memory_copy", "memory copy, 1 thread", unit: "GB/s", .rate,
      explanation: "64 MiB copied by the C library, bytes read and bytes written counted, best of 3 a round"),
  ]

  func measure() -> MachineLimits {
    MachineLimits(
      productsOnOneThread: best { products(threads: 1) }, productsOnAllThreads: best { products(threads: availableThreads) },
      copiedBytes: best { memory.bytesPerSecond() })
  }

  func samples(_ limits: MachineLimits) -> [BenchSample] {
    [
      BenchSample(limits.productsOnOneThread / 1e9), BenchSample(limits.productsOnAllThreads / 1e9),
      BenchSample(limits.copiedBytes / 1e9),
    ]
  }

  private func best(_ rate: () -> Double) -> Double {
    max(rate(), rate(), rate())
  }

  /// Operations a second.
  private func products(threads: Int) -> Double {
    let (left, right, size) = (left, right, Self.size)
    let (start, threadStart) = (ContinuousClock.now, ThreadInstant.now)
    let results = parallelShards(threads, threads: threads) { _ in
      Tensor(shape: [size, size]) { target in
        left.withUnsafeBufferPointer { left in
          right.withUnsafeBufferPointer { right in
            guard let left = left.baseAddress, let right = right.baseAddress, let target = target.baseAddress else { return }
            for _ in 0..<Self.productsPerTiming {
              Kernels.multiply(
                Matrix(left, stride: size), Matrix(right, stride: size), into: target, stride: size, rows: size, columns: size,
                inner: size)
            }
          }
        }
      }
    }
    let operations = 2 * Double(size * size * size) * Double(Self.productsPerTiming * results.count)
    return operations / (threads == 1 ? threadStart.elapsed : start.elapsed)
  }
}

/// Two stretches of memory.
private final class CopyBuffers {
  private let source: UnsafeMutableRawPointer
  private let target: UnsafeMutableRawPointer
  private let count: Int

  init(count: Int) {
    self.count = count
    source = .allocate(byteCount: count, alignment: 64)
    target = .allocate(byteCount: count, alignment: 64)
    source.initializeMemory(as: UInt8.self, repeating: 1, count: count)
    target.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  deinit {
    source.deallocate()
    target.deallocate()
  }

  func bytesPerSecond() -> Double {
    let start = ThreadInstant.now
    target.copyMemory(from: source, byteCount: count)
    return 2 * Double(count) / start.elapsed
  }
}
