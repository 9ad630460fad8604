package import Files

extension RunDirectory {
  /// The first of the folder's files in whose place something else stands: a pipe, a folder or a device; `nil` where there is none.
  ///
  /// Reading those may never end, so nothing of such a folder is read.
  package var misplaced: FileError? {
    let summed = [rolloutsFile, policyStateFile].flatMap { [$0, FileSum.file(of: $0)] }
    let files =
      [resolvedFile, manifestFile, logFile, metricsFile, baselinesFile, policyFile, evaluationFile]
      + [EvaluationSum.file(of: evaluationFile)] + summed
    for file in files {
      guard let kind = StoredFile.otherKind(file) else { continue }
      return FileError(
        path: file, message: "is \(kind), where a run keeps a file: remove it, or restore the file from a copy")
    }
    return nil
  }
}
