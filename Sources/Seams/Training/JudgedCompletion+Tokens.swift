import Algorithms
import Policies
import Rewards

extension Rollout {
  /// The reward of each token where rewards give credit by span: that of the last span that the token reaches into, since by
  /// then it has said all of those before; the whole completion's elsewhere.
  ///
  /// `nil` without spans, or where the policy does not say which characters a token covers.
  var tokenCredits: [Double]? {
    guard let total = judgement.total, !judgement.spans.isEmpty, !completion.textOffsets.isEmpty else { return nil }
    let ends = completion.textOffsets.dropFirst() + [completion.text.utf8.count]
    return zip(completion.textOffsets, ends).map { start, end in
      judgement.spans.last { $0.bytes.lowerBound < end && start < $0.bytes.upperBound }?.score ?? total
    }
  }

  /// Whether it earned credits by span that cannot be spread over its tokens.
  var lacksOffsets: Bool { !judgement.spans.isEmpty && completion.textOffsets.isEmpty && !completion.tokens.isEmpty }
}

extension RolloutGroup {
  /// Whether it teaches an algorithm nothing that selects like this: `isTied`, or every component tied where each is compared by itself.
  ///
  /// A component counts where its weight in the total is not 0, and is tied where all completions that it applies to have its one score.
  func isTied(for selection: CompletionSelection, weights: [Double]) -> Bool {
    guard selection.comparesComponents else { return isTied }
    let rewarded = members.filter { $0.judgement.total != nil }.map(\.judgement.components)
    return weights.indices.allSatisfy { component in
      let scores = rewarded.compactMap { $0[component] }
      return weights[component] == 0 || scores.allSatisfy { $0 == scores.first }
    }
  }

  /// Whether all completions that earned a reward earned the same, in every span of their answers too.
  var isTied: Bool {
    let rewards = members.compactMap { member in member.judgement.total.map { ($0, member.judgement.spans) } }
    return rewards.allSatisfy { total, spans in
      total == rewards.first?.0 && spans.allSatisfy { $0.score == total }
    }
  }
}
