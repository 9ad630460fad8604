internal import Foundation

/// Why a command could not be started.
package struct ProcessError: Error, Sendable, CustomStringConvertible {
  package let command: [String]
  /// Such as *there is no such program on the PATH*.
  package let reason: String

  init(command: [String], reason: String) {
    self.command = command
    self.reason = reason
  }

  init(command: [String], folder: String? = nil, errno: Int32) {
    let program = command.first ?? ""
    let reason =
      switch errno {
      case ENOENT where folder != nil: "there is no '\(program)' on the PATH, or no folder '\(folder ?? "")'"
      case ENOENT where program.contains("/"): "there is no file '\(program)', or not the interpreter that its first line names"
      case ENOENT: "there is no '\(program)' on the PATH"
      case EACCES where Self.isFolder(program, in: folder): "'\(program)' is a folder: name a program"
      case EACCES: "'\(program)' may not be run: see its permissions"
      case ENOEXEC: "'\(program)' is no program: a script begins with #! and its interpreter"
      case EMFILE, ENFILE: "too many files are open: raise the limit (ulimit -n)"
      case E2BIG: "its arguments and environment are too long"
      default: String(cString: strerror(errno))
      }
    self.init(command: command, reason: reason)
  }

  private static func isFolder(_ program: String, in folder: String?) -> Bool {
    var status = stat()
    let path = program.hasPrefix("/") ? program : "\(folder ?? ".")/\(program)"
    return program.contains("/") && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  package var description: String { "'\(command.joined(separator: " "))' cannot be started: \(reason)" }
}

/// Names of signals for people.
enum SignalName {
  static func of(_ number: Int32) -> String {
    switch number {
    case SIGABRT: "SIGABRT"
    case SIGBUS: "SIGBUS"
    case SIGFPE: "SIGFPE"
    case SIGHUP: "SIGHUP"
    case SIGILL: "SIGILL"
    case SIGINT: "SIGINT"
    case SIGKILL: "SIGKILL"
    case SIGPIPE: "SIGPIPE"
    case SIGSEGV: "SIGSEGV"
    case SIGTERM: "SIGTERM"
    default: String(cString: strsignal(number))
    }
  }
}
