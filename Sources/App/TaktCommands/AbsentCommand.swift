import Files

/// What a command says that is left out of this build.
enum AbsentCommand {
  static let abstract = "Not in this build; `make build` builds it with all."

  static func error() -> NamedError {
    NamedError(
      "this takt was built without this command (the trait Whole), as `make demo` builds it first: `make build` builds it with all"
    )
  }
}
