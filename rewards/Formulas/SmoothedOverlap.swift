/// Sums over masks that a Gaussian smooths.
///
/// Where the edges reflect, Σ_k p_k·g_k needs no smoothed mask: a smoothed mask is the smoothing of the mask and its mirror
/// images, and the sum over the grid is half of that over one period of them. It is a sum, over the runs of one mask and the
/// images of the runs of the other, of four values of one table, and costs the same for every grid and width.
struct SmoothedOverlap: Sendable {
  let kernel: GaussianKernel
  let edge: EdgeMode

  /// Sums over the bins of a grid, of smoothed masks p and g.
  struct Sums {
    var answer = 0.0
    var reference = 0.0
    /// Σ min(p, g).
    var lesser = 0.0
    /// Σ p·g.
    var product = 0.0
    /// Σ p².
    var answerSquared = 0.0
    /// Σ g².
    var referenceSquared = 0.0
  }

  /// Σ_k p_k·g_k over the grid of `count` bins, both masks smoothed, edges reflected.
  func reflectedProduct(_ first: BinRuns, _ second: BinRuns, count: Int) -> Double {
    var total = 0.0
    EdgeMode.reflect.forEachRun(of: second, count: count, reach: 2 * kernel.radius) { image in
      for run in first { total += kernel.innerProduct(run, image) }
    }
    return total
  }

  /// Every sum, bin by bin.
  func sums(_ answer: BinRuns, _ reference: BinRuns, count: Int) -> Sums {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { buffer in
      buffer.initialize(repeating: 0)
      let smoothedAnswer = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      let smoothedReference = UnsafeMutableBufferPointer(rebasing: buffer[count...])
      smooth(answer, into: smoothedAnswer)
      smooth(reference, into: smoothedReference)
      var sums = Sums()
      for (p, g) in zip(smoothedAnswer, smoothedReference) {
        sums.answer += p
        sums.reference += g
        sums.lesser += min(p, g)
        sums.product += p * g
        sums.answerSquared += p * p
        sums.referenceSquared += g * g
      }
      return sums
    }
  }

  /// Adds the smoothed mask of `runs` to `values`, one value a bin of the grid.
  func smooth(_ runs: BinRuns, into values: UnsafeMutableBufferPointer<Double>) {
    edge.forEachRun(of: runs, count: values.count, reach: kernel.radius) { run in
      let first = max(0, run.lowerBound - kernel.radius)
      let end = min(values.count, run.upperBound + kernel.radius)
      guard first < end else { return }
      for bin in first..<end {
        values[bin] += kernel.distribution(bin - run.lowerBound) - kernel.distribution(bin - run.upperBound)
      }
    }
  }
}
