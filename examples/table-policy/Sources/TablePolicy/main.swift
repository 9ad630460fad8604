// `takt` with one more kind of policy. Run it in this folder:
//     swift run -c release TablePolicy train table.yaml
import Experiments
import TaktCommands

await Takt.main(plugins: try .builtIn.adding(policies: [TablePolicyKind.self]))
