public import Options
public import Rewards

extension RewardCatalog {
  /// Every reward that ships with Takt.
  public static var builtIn: RewardCatalog { builtInRewards }
}

/// Add a line here for a new file beside this one.
private let builtInRewards = RewardCatalog().listing([
  // Instants
  OnsetError.self,
  AdaptiveOnsetError.self,
  ScheduledOnsetError.self,
  // One interval
  IntervalGIoU.self,
  IntervalDIoU.self,
  WeightedIoU.self,
  BoundaryError.self,
  // Interval sets
  IntervalIoU.self,
  IntervalF1.self,
  SoftF1.self,
  MatchedF1.self,
  LocalGIoU.self,
  BoundaryF.self,
  Wasserstein.self,
  // Events
  OnsetF.self,
  BeatAccuracy.self,
  EventF.self,
  // Orderings, choices and texts
  Ordering.self,
  ChoiceMatch.self,
  Meteor.self,
  // Shaping
  Unreadable.self,
  OutOfTrack.self,
  StrictFormat.self,
  AnswerCount.self,
  CountError.self,
  DurationRatio.self,
  CompletionLength.self,
])
