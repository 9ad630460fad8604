import Algorithms
import Curricula
public import ExperimentKinds
import MusTBench
import RunLogs
import TemporalRewards
import Tracks

extension Plugins {
  /// What ships with Takt.
  public static let builtIn = Plugins(
    rewards: .builtIn, algorithms: .builtIn, sinks: .builtIn, curricula: .builtIn, alarms: .builtIn, tasks: .builtIn,
    stages: .builtIn, policies: .builtIn, tracks: .builtIn)

  /// What is read where none are given: those of `Takt.main(plugins:)`, elsewhere what ships with Takt.
  ///
  /// The argument parser makes commands by decoding, so nothing can be handed to them; a task's own value reaches them without a
  /// variable that all of the process shares. Whoever reads it hands it on: what is not a command or made by a user takes its
  /// plug-ins as an argument.
  @TaskLocal public static var current = builtIn
}
