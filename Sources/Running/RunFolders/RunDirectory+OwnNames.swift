extension RunDirectory {
  /// What the run writes in its folder beside the logs that an experiment chooses.
  package static let ownNames: [String] = {
    let run = RunDirectory(path: "")
    let paths = [
      run.resolvedFile, run.manifestFile, run.logFile, run.rolloutsFile, run.baselinesFile, run.checkpointsFolder,
      run.evaluationFile,
      EvaluationSum.file(of: run.evaluationFile), run.policyFile, run.policyStateFile, run.policyLogFile,
      FileSum.file(of: run.policyStateFile), FileSum.file(of: run.rolloutsFile), run.summaryFile, run.leftOutFile,
      run.failureFile,
      "/.lock",
    ]
    return paths.map { String($0.dropFirst()) }
  }()
}
