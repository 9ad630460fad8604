import Questions

/// Mean held-out scores of one run: `start/tsg/hit@3s/greedy` of its start, `end/…` of its end.
package struct HeldOutMeans {
  package let scores: [String: Double]

  package init(_ answers: [HeldOutRecord]) {
    var sums: [String: (sum: Double, count: Double)] = [:]
    for answer in answers {
      for (measure, score) in answer.scores {
        let name = "\(answer.phase.rawValue)/\(answer.question.task)/\(measure)/\(answer.decoding.rawValue)"
        let old = sums[name] ?? (0, 0)
        sums[name] = (old.sum + score, old.count + 1)
      }
    }
    scores = sums.mapValues { $0.sum / $0.count }
  }
}
