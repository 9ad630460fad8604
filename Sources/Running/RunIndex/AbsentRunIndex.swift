#if !Whole
  package import Files

  /// Stands for the index in a build without the trait `Whole`: nothing is recorded, and whoever asks is told the remedy.
  package struct RunIndex: Sendable {
    package static let isBuilt = false

    static let absence = NamedError(
      "this takt was built without the index of runs (the trait Whole), as `make demo` builds it first: `make build` builds it with "
        + "all, then `takt runs rebuild` reads the folders below runs/")

    package init(path: String) throws(NamedError) { throw Self.absence }

    package func record(_ run: RunRecord) throws(NamedError) { throw Self.absence }

    package func replace(with runs: [RunRecord]) throws(NamedError) { throw Self.absence }

    package func runs(where condition: RunCondition? = nil) throws(NamedError) -> [RunRecord] { throw Self.absence }

    package func folders(where condition: RunCondition? = nil) throws(NamedError) -> [String] { throw Self.absence }
  }

  package struct RunCondition: Sendable {
    package init(_ text: String) throws(NamedError) { throw RunIndex.absence }
  }
#endif
