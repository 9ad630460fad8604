import Foundation

/// A folder that a command writes into.
package enum StoredFolder {
  /// Makes the folder and those above it; it may be there.
  ///
  /// Throws ``FileError`` with the system's reason: a file of that name, a name too long, no permission, no space.
  package static func make(_ path: String) throws(FileError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        path: path, message: "the folder cannot be made: \(reason(of: error)); choose another path, or free this one")
    }
  }

  /// The system's reason under those that Foundation puts around it.
  static func reason(of error: any Error) -> String {
    var cause = error as NSError
    while cause.domain != NSPOSIXErrorDomain, let inner = cause.userInfo[NSUnderlyingErrorKey] as? any Error {
      cause = inner as NSError
    }
    return cause.domain == NSPOSIXErrorDomain ? String(cString: strerror(Int32(cause.code))) : cause.localizedDescription
  }
}
