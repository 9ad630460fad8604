import Rewards
import TemporalRewards
import Testing

/// What a program outside Takt writes: these two imports are enough.
struct PlainImportsTests {
  @Test func aCompositionReadsAsItIsMeant() {
    let rewards = RewardSpec {
      OnsetError(scale: 3).on("tsg")
      SoftF1(sigma: 2, form: .min).on("mtr")
      Unreadable().weighted(-1)
    }
    #expect(rewards.labels == ["onset-error", "soft-f1", "unreadable"])
    #expect(rewards.weights == [1, 1, -1] && rewards.components.map(\.tasks) == [["tsg"], ["mtr"], []])
    #expect(rewards.weakness == nil && rewards.isNarrow)
  }

  @Test(arguments: [true, false]) func whatSwiftChoosesMayStandInIt(_ charges: Bool) {
    let rewards = RewardSpec(total: .mean) {
      if charges { OutOfTrack(tolerance: 1).weighted(-0.5).labelled("outside") }
      for scale in [3.0, 15] { OnsetError(form: .gaussian, scale: scale).labelled("within-\(scale)") }
      switch charges {
      case true: Unreadable().weighted(-2)
      case false: Unreadable(chargesRefusals: false).weighted(-1)
      }
    }
    let expected = (charges ? ["outside"] : []) + ["within-3.0", "within-15.0", "unreadable"]
    #expect(rewards.labels == expected && rewards.total == .mean && rewards.weights.last == (charges ? -2 : -1))
  }
}
