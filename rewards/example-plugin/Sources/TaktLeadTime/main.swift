// All of takt, with a reward and a task more. Run it at the top of the tree:
//     swift run --package-path rewards/example-plugin -c release TaktLeadTime list rewards lead-time
import Experiments
import LeadTime
import TaktCommands

await Takt.main(plugins: try .builtIn.adding(rewards: [LeadTime.self], tasks: [Entries()]))
