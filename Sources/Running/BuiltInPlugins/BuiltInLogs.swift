package import Options
package import RunLogs

#if Whole
  import MLflowSink
#endif

extension LogCatalog {
  /// Every log that ships with Takt.
  package static var builtIn: LogCatalog { builtInLogs }
}

/// Add a line here for a new file with a recipe.
private let builtInLogs = LogCatalog().listing([
  JSONLinesLog.self,
  CSVLog.self,
  TensorBoardLog.self,
  MLflowLog.self,
])
