import RealModule
import Tensors
import Testing

@Suite struct KernelsTests {
  @Test(arguments: [(1, 1, 1), (7, 5, 3), (64, 48, 33), (13, 1, 40)]) func productsMatchLoops(m: Int, n: Int, k: Int) {
    for (aTransposed, bTransposed) in [(false, false), (true, false), (false, true), (true, true)] {
      let (a, b) = (
        sample([aTransposed ? k : m, aTransposed ? m : k]), sample([bTransposed ? n : k, bTransposed ? k : n], seed: 2)
      )
      let start = sample([m, n], seed: 3)
      var c = start
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          c.withUnsafeMutableBufferPointer { c in
            guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
            let left = Matrix(a, stride: aTransposed ? m : k)
            let right = Matrix(b, stride: bTransposed ? k : n)
            Kernels.multiply(
              aTransposed ? left.transposed : left, bTransposed ? right.transposed : right, into: c, stride: n, rows: m,
              columns: n, inner: k, alpha: 0.5, beta: 2)
          }
        }
      }
      var expected = start.values.map { 2 * Double($0) }
      for (i, j, l) in triples(m, n, k) {
        let left = aTransposed ? a[l, i] : a[i, l]
        let right = bTransposed ? b[j, l] : b[l, j]
        expected[i * n + j] += 0.5 * Double(left) * Double(right)
      }
      expectClose(c.values, expected, 1e-5)
    }
  }

  @Test(arguments: [1, 2, 15, 16, 17, 100, 1000]) func softmaxRowsMatchLoops(count: Int) {
    let x = sample([count], scale: 4)
    let exact = x.values.map { 0.7 * Double($0) }
    let normalizer = Double.log(exact.reduce(0) { $0 + Double.exp($1) })
    var (p, logP) = (x.values, x.values)
    var (found, entropy) = (Float.nan, Float.nan)
    p.withUnsafeMutableBufferPointer { p in
      if let p = p.baseAddress { found = Kernels.softmax(p, count: count, scale: 0.7) }
    }
    logP.withUnsafeMutableBufferPointer { logP in
      if let logP = logP.baseAddress { entropy = Kernels.logSoftmax(logP, count: count, scale: 0.7) }
    }
    expectClose(p, exact.map { Double.exp($0 - normalizer) }, 1e-6)
    expectClose(logP, exact.map { $0 - normalizer }, 1e-6)
    expectClose([found], [normalizer], 1e-6)
    expectClose([entropy], [-exact.reduce(0) { $0 + Double.exp($1 - normalizer) * ($1 - normalizer) }], 3e-6)
  }

  @Test func linearAndLayerNormMatchTheTape() {
    let (x, weight, bias) = (sample([5, 24]), sample([24, 24], seed: 2), sample([24], seed: 3))
    let tape = Tape(parameters: ParameterSet(), recordsGradients: false)
    let linear = tape.linear(tape.constant(x), tape.constant(weight), tape.constant(bias))
    let normal = tape.gelu(tape.layerNorm(linear, gain: tape.constant(bias), bias: tape.constant(bias), epsilon: 1e-5))
    let raw = Tensor(shape: [5, 24]) { y in
      x.withUnsafeBufferPointer { x in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        Kernels.linear(x, rows: 5, weight: weight, bias: bias, into: y)
        Kernels.layerNorm(y, rows: 5, gain: bias, bias: bias, epsilon: 1e-5, into: y)
        Kernels.gelu(y, into: y, count: 5 * 24)
      }
    }
    #expect(raw == normal.value)
  }

  private func triples(_ m: Int, _ n: Int, _ k: Int) -> [(Int, Int, Int)] {
    (0..<m).flatMap { i in (0..<n).flatMap { j in (0..<k).map { (i, j, $0) } } }
  }
}
