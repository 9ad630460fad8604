// All of an experiment by one import: programs, plug-ins and the commands name `Experiments` and get the rooms that it is made of.
// Among each other these import what they need alone.

@_exported public import BuiltInPlugins
@_exported public import EmbeddedPolicies
@_exported public import EncoderStages
@_exported public import ExperimentFiles
@_exported public import ExperimentKinds
@_exported public import ExperimentPrograms
@_exported public import ExternalPolicies
@_exported public import OptionFiles
@_exported public import PolicyStages
@_exported public import RunFolders
@_exported public import Runs
@_exported public import Tracks
@_exported public import Work
