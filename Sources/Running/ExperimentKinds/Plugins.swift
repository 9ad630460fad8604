public import Algorithms
public import Curricula
public import MusTBench
public import Options
public import Rewards
public import RunLogs
public import Tracks
public import Training

/// Everything that an experiment may name: the parts that ship with Takt, and those of other packages.
///
///     await Takt.main(plugins: try .builtIn.adding(rewards: [LeadTime.self]))
public struct Plugins: Sendable {
  public var rewards: RewardCatalog
  public var algorithms: AlgorithmCatalog
  public var sinks: LogCatalog
  public var curricula: CurriculumCatalog
  public var alarms: AlarmCatalog
  public var tasks: TaskCatalog
  public var stages: StageCatalog
  public var policies: PolicyCatalog
  public var tracks: TrackSourceCatalog

  package init(
    rewards: RewardCatalog, algorithms: AlgorithmCatalog, sinks: LogCatalog, curricula: CurriculumCatalog, alarms: AlarmCatalog,
    tasks: TaskCatalog, stages: StageCatalog, policies: PolicyCatalog, tracks: TrackSourceCatalog
  ) {
    self.rewards = rewards
    self.algorithms = algorithms
    self.sinks = sinks
    self.curricula = curricula
    self.alarms = alarms
    self.tasks = tasks
    self.stages = stages
    self.policies = policies
    self.tracks = tracks
  }

  /// These with more parts of any kind; throws where a name is taken, with both types that have it.
  public func adding(
    rewards: [any Reward.Type] = [], algorithms: [any Algorithm.Type] = [], sinks: [any LogRecipe.Type] = [],
    curricula: [any Curriculum.Type] = [], alarms: [any Alarm.Type] = [], tasks: [any BenchmarkTask] = [],
    stages: [any StageKind.Type] = [], policies: [any PolicyKind.Type] = [], tracks: [any TrackSourceKind.Type] = []
  ) throws(CatalogError) -> Plugins {
    var plugins = self
    plugins.rewards = try self.rewards.adding(rewards)
    plugins.algorithms = try self.algorithms.adding(algorithms)
    plugins.sinks = try self.sinks.adding(sinks)
    plugins.curricula = try self.curricula.adding(curricula)
    plugins.alarms = try self.alarms.adding(alarms)
    plugins.tasks = try self.tasks.adding(tasks)
    plugins.stages = try self.stages.adding(stages)
    plugins.policies = try self.policies.adding(policies)
    plugins.tracks = try self.tracks.adding(tracks)
    return plugins
  }
}
