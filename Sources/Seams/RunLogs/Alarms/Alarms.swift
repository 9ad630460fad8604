package import Options

/// The alarms that watch a run.
///
///     alarms:
///       stop: true                       # end the run at a warning, with a checkpoint
///       off: [tied-groups]
///       entropy-collapse: {share: 0.3}
public struct Alarms: Sendable {
  /// Whether a warning ends the run.
  package let stopsRun: Bool
  private var alarms: [any Alarm]

  /// None.
  package init() {
    stopsRun = false
    alarms = []
  }

  package init(options: inout OptionReader, limits: RunLimits = RunLimits(), catalog: AlarmCatalog = .builtIn) {
    stopsRun = options.flag("stop", default: false, help: "end the run at a warning, with a checkpoint to go on from")
    let off = options.words("off", default: [], of: catalog.names, help: "alarms that say nothing")
    alarms = catalog.all.compactMap { type in
      let alarm = options.section(type.name) { type.init(options: &$0, limits: limits) }
      return off.contains(type.name) ? nil : alarm
    }
  }

  /// What each alarm has to say of an event, its name first.
  package mutating func warnings(after event: RunEvent) -> [String] {
    guard event.kind == .step || event.kind == .evaluation else { return [] }
    return alarms.indices.compactMap { index in
      alarms[index].warning(after: event).map { "\(type(of: alarms[index]).name): \($0)" }
    }
  }

  /// The state of all, under `<name>/<key>`; keys of other alarms are ignored when it is set.
  package var state: [String: Double] {
    get {
      var all: [String: Double] = [:]
      for alarm in alarms {
        for (key, value) in alarm.state { all["\(type(of: alarm).name)/\(key)"] = value }
      }
      return all
    }
    set {
      for index in alarms.indices {
        let prefix = type(of: alarms[index]).name + "/"
        var own: [String: Double] = [:]
        for (key, value) in newValue where key.hasPrefix(prefix) { own[String(key.dropFirst(prefix.count))] = value }
        alarms[index].state = own
      }
    }
  }
}
