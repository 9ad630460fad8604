public import Options

/// The alarms that may watch a run.
public typealias AlarmCatalog = Catalog<any Alarm.Type, any Alarm>

extension AlarmCatalog {
  /// None.
  package init() {
    self.init("alarm", name: { $0.name }, summary: { $0.summary }, make: { $0.init(options: &$1, limits: RunLimits()) })
  }

  /// Every alarm that ships with Takt.
  public static var builtIn: AlarmCatalog { builtInAlarms }
}

/// Add a line here for a new file beside this one.
private let builtInAlarms = AlarmCatalog().listing([
  RewardWithoutGain.self, EntropyCollapse.self, ComponentDominance.self, TiedGroups.self, ProbabilityDrift.self,
])
