/// A reward, or one that was already given a weight, tasks or another option of a composition.
///
///     OnsetError(scale: 3).on("tsg").weighted(2)
public protocol RewardPart: Sendable {
  /// The component that it is in a composition.
  var component: RewardComponent { get }
}

extension RewardPart {
  /// Judges only the questions of these tasks, by their short names; all of none.
  public func on(_ tasks: String...) -> RewardComponent { changed { $0.tasks = tasks } }

  /// Its factor in the total; negative for a penalty, 0 for one that is logged and not paid.
  public func weighted(_ weight: Double) -> RewardComponent { changed { $0.weight = weight } }

  /// Its name in logs, unique in the composition; otherwise the reward's.
  public func labelled(_ label: String) -> RewardComponent { changed { $0.label = label } }

  /// Counts only where the gate is open; elsewhere it scores 0.
  public func gated(_ gate: RewardGate) -> RewardComponent { changed { $0.gate = gate } }

  /// Maps the reward's range to 0…1.
  public func normalized(_ isNormalized: Bool = true) -> RewardComponent { changed { $0.isNormalized = isNormalized } }

  /// Subtracts what the best blind answer earns.
  public func baseline(_ baseline: RewardBaseline = RewardBaseline()) -> RewardComponent { changed { $0.baseline = baseline } }

  /// Which tokens its score goes to; traps where the reward gives no credit by span.
  public func credit(_ credit: RewardComponent.Credit) -> RewardComponent {
    changed { $0.credit = credit }.checked
  }

  private func changed(_ body: (inout RewardComponent) -> Void) -> RewardComponent {
    var component = component
    body(&component)
    return component
  }
}

/// Collects the components of `RewardSpec { … }`; `if`, `switch` and `for` may stand among them.
@resultBuilder public enum RewardBuilder {
  public static func buildExpression(_ part: some RewardPart) -> [RewardComponent] { [part.component] }

  public static func buildBlock(_ parts: [RewardComponent]...) -> [RewardComponent] { Array(parts.joined()) }

  public static func buildOptional(_ part: [RewardComponent]?) -> [RewardComponent] { part ?? [] }

  public static func buildEither(first part: [RewardComponent]) -> [RewardComponent] { part }

  public static func buildEither(second part: [RewardComponent]) -> [RewardComponent] { part }

  public static func buildArray(_ parts: [[RewardComponent]]) -> [RewardComponent] { Array(parts.joined()) }
}
