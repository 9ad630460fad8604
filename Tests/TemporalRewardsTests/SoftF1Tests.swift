import GoldenLines
import Options
import Questions
import Rewards
import Testing
import Timelines

@Suite("soft-f1") struct SoftF1Tests {
  static let forms = [("dice", "dice_squared"), ("min", "soft_f1_min"), ("product", "soft_f1_product")]

  @Test("equals scipy's smoothing in three forms with three edges", arguments: try GoldenLine.cases("must.soft_f1_variants"))
  func golden(line: GoldenLine) throws {
    let truth = question(.intervals(line.input.reference.intervals), duration: try #require(line.input.duration.number))
    for edge in ["reflect", "constant", "nearest"] {
      for (form, key) in Self.forms {
        let reward = try reward("soft-f1", ["form": .text(form), "edge": .text(edge)])
        let score = reward.score(.intervals(line.input.predicted.intervals), truth)
        let expected = try #require(line.expected[edge][key].number)
        #expect(near(score, expected), "\(edge) \(form)")
      }
    }
  }

  /// Far images matter where the track is shorter than the Gaussian's reach: the mean of many mirrored copies is constant.
  @Test("equals a direct sum over mirror images on a short track")
  func shortTrack() throws {
    let truth = question(intervals((1, 2)), duration: 7)
    let dice = try #require(try reward("soft-f1", ["sigma": .number(3)]).score(intervals((4, 6)), truth))
    #expect(near(dice, directDice(2...3, 5...7, sigma: 3, radius: 12, count: 8), 1e-12))
  }

  @Test("paints nothing for time outside the track")
  func outside() throws {
    let truth = question(intervals((60, 70)))
    let reward = try reward("soft-f1")
    #expect(reward.score(intervals((200, 210)), truth) == 0)
    #expect(reward.score(intervals((60, 70), (200, 210)), truth) == 1)
  }

  @Test("refuses a grid too fine for its tables, with the remedy")
  func fineGrid() throws {
    let found = try issues("soft-f1", ["sigma": .number(30), "bin": .number(0.05)])
    #expect(found.count == 1 && found[0].contains("larger bin"))
  }

  /// Bins 1…2 and 4…6 of 0…7, counted from 1 in the ranges; every smoothed bin from its definition.
  private func directDice(_ reference: ClosedRange<Int>, _ answer: ClosedRange<Int>, sigma: Double, radius: Int, count: Int)
    -> Double
  {
    func weight(_ u: Int) -> Double { naturalExponential(-0.5 * Double(u * u) / (sigma * sigma)) }
    let total = (-radius...radius).map(weight).reduce(0, +)
    func smoothed(_ mask: ClosedRange<Int>, at bin: Int) -> Double {
      (-radius...radius).reduce(0) { sum, u in
        var source = bin + u
        while !(0..<count).contains(source) { source = source < 0 ? -1 - source : 2 * count - 1 - source }
        return mask.contains(source + 1) ? sum + weight(u) / total : sum
      }
    }
    let p = (0..<count).map { smoothed(answer, at: $0) }
    let g = (0..<count).map { smoothed(reference, at: $0) }
    let product = zip(p, g).reduce(0) { $0 + $1.0 * $1.1 }
    return 2 * product / (p + g).reduce(0) { $0 + $1 * $1 }
  }
}
