import Experiments
import LeadTime
import Options
import Questions
import Rewards
import TaktTesting
import TemporalRewards

// Takt's parts with one more reward; files may name it from here on.
let plugins = try Plugins.builtIn.adding(rewards: [LeadTime.self])

let failures = rewardConformanceFailures(LeadTime.self)
for failure in failures { print("lead-time: \(failure)") }
precondition(failures.isEmpty, "lead-time breaks what every reward keeps")

let spec = try RewardFile(path: "rewards.yaml", plugins: plugins).spec
let question = Question(
  id: "demo", trackID: "demo", task: "tsg", text: "When does the vocal first start?", kind: .instant,
  references: [.instant(120)], duration: 176)
let reader = AnswerReader(AnswerForm(question))

for text in ["<answer>1:55</answer>", "2:01", "3:10", "soon"] {
  let response = Response(text: text, tokenCount: text.count, isTruncated: false)
  let judgement = spec.judge(reader.read(text), in: response, to: question)
  let components = zip(spec.labels, judgement.components).map { "\($0) \($1.map { "\($0)" } ?? "–")" }
  print("\(text)  reward \(judgement.total ?? 0)  (\(components.joined(separator: ", ")))")
}
