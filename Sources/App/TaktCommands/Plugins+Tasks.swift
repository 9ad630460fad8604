import ArgumentParser
import Experiments
import Options

extension Plugins {
  /// Throws where a command line names a task that no plug-in brings.
  func checkTasks(_ names: [String]) throws {
    for name in names {
      do {
        _ = try tasks.part(named: name)
      } catch {
        throw ValidationError(error.description)
      }
    }
  }
}
