import RealModule

extension FrameClustering {
  /// How much the labels of one side tell of the other's.
  public struct MutualInformation: Sendable, Hashable {
    /// In nats, ≥ 0.
    public var information: Double
    /// Corrected for chance: (MI − E[MI]) / (max(H, H′) − E[MI]).
    public var adjusted: Double
    /// MI / √(H·H′), the root no smaller than 10⁻¹⁰.
    public var normalized: Double
  }

  /// All three are 0 where a side has no segment; adjusted and normalised are 1 where both sides have one cluster or none.
  ///
  /// All are 0 where one side only has one cluster; `mir_eval` returns rounding noise there, up to 10⁻⁵ when normalised.
  ///
  /// Vinh, Epps and Bailey 2010, *Information Theoretic Measures for Clusterings Comparison*, eq. 24a for the expectation.
  public var mutualInformation: MutualInformation {
    guard !isEmpty else { return MutualInformation(information: 0, adjusted: 0, normalized: 0) }
    if referenceCounts.count == estimatedCounts.count, referenceCounts.count < 2 {
      return MutualInformation(information: 0, adjusted: 1, normalized: 1)
    }
    if min(referenceCounts.count, estimatedCounts.count) == 1 {
      return MutualInformation(information: 0, adjusted: 0, normalized: 0)
    }
    let entropies = (Self.nats(referenceCounts), Self.nats(estimatedCounts))
    let information = self.information
    let expected = expectedInformation
    return MutualInformation(
      information: information,
      adjusted: (information - expected) / (max(entropies.0, entropies.1) - expected),
      normalized: information / max((entropies.0 * entropies.1).squareRoot(), 1e-10))
  }

  private var information: Double {
    let frames = Double(frameCount)
    var sum = 0.0
    for (row, reference) in zip(table, referenceCounts) {
      for (count, estimated) in zip(row, estimatedCounts) where count > 0 {
        let joint = Double(count)
        let independent = Double(reference) * Double(estimated)
        sum += joint / frames * (Double.log(joint) - Double.log(frames) - Double.log(independent) + 2 * Double.log(frames))
      }
    }
    return sum
  }

  /// E[MI] of clusterings with these cluster sizes drawn at random, by the hypergeometric law of each cell.
  private var expectedInformation: Double {
    let frames = frameCount
    let logFactorial = (0...frames).map { Double.logGamma(Double($0) + 1) }
    var sum = 0.0
    for a in referenceCounts {
      for b in estimatedCounts {
        let margins =
          logFactorial[a] + logFactorial[b] + logFactorial[frames - a] + logFactorial[frames - b] - logFactorial[frames]
        for joint in max(1, a + b - frames)...min(a, b) {
          let probability = Double.exp(
            margins - logFactorial[joint] - logFactorial[a - joint] - logFactorial[b - joint]
              - logFactorial[frames - a - b + joint])
          let gain = Double.log(Double(frames) * Double(joint)) - Double.log(Double(a) * Double(b))
          sum += Double(joint) / Double(frames) * gain * probability
        }
      }
    }
    return sum
  }
}
