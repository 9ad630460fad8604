public import Rewards

extension RewardCatalog {
  /// Every reward that ships with Takt: add a line here for a new file beside this one.
  public static let builtIn = RewardCatalog([
    OnsetError.self,
    IntervalIoU.self,
    SoftF1.self,
    Ordering.self,
    ChoiceMatch.self,
    OutOfTrack.self,
    Unreadable.self,
  ])
}
