import Foundation

/// A tracking server's address, and with what a request to it authenticates.
///
/// User info in the address is used, and is no part of ``server``, which is what is stored and printed. `MLFLOW_TRACKING_TOKEN`, or
/// `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, are the user's for one server: they go to the host and port of
/// `MLFLOW_TRACKING_URI`, over the protocol it names or over https, and, where it names none, to this machine only.
struct TrackingAddress: Sendable {
  /// Without user info and a slash at its end.
  let server: String
  let authorization: String?
  /// Whether the environment has credentials that are not for this server.
  let isWithheld: Bool

  static let trackingVariable = "MLFLOW_TRACKING_URI"

  init(_ text: String, environment: [String: String]) {
    let bare = Self.withoutUserInfo(text)
    server = bare.hasSuffix("/") ? String(bare.dropLast()) : bare
    let own = environment[Self.trackingVariable] ?? ""
    let belongs = Self.isMeant(server, own: own)
    if let named = Self.basic(in: text) ?? (belongs ? Self.basic(in: own) : nil) {
      (authorization, isWithheld) = (named, false)
      return
    }
    let credentials: String? =
      if let token = environment["MLFLOW_TRACKING_TOKEN"] {
        "Bearer \(token)"
      } else if let user = environment["MLFLOW_TRACKING_USERNAME"] {
        Self.basic(user: user, password: environment["MLFLOW_TRACKING_PASSWORD"] ?? "")
      } else {
        nil
      }
    // A line end would let a variable write header fields of its own.
    let isSound = credentials?.utf8.contains { $0 < 0x20 } == false
    authorization = belongs && isSound ? credentials : nil
    isWithheld = credentials != nil && !belongs
  }

  /// The text without what stands between `//` and the last `@` of the host's part.
  static func withoutUserInfo(_ text: String) -> String {
    guard let info = userInfo(text) else { return text }
    return String(text[..<info.lowerBound] + text[text.index(after: info.upperBound)...])
  }

  static func isLocal(_ host: String?) -> Bool {
    guard let host else { return false }
    return ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host.lowercased())
  }

  private static func isMeant(_ server: String, own: String) -> Bool {
    guard let here = URLComponents(string: server), let host = here.host?.lowercased(), !host.isEmpty else { return false }
    guard !own.isEmpty else { return isLocal(host) }
    guard let named = URLComponents(string: withoutUserInfo(own)), named.host?.lowercased() == host, port(named) == port(here)
    else { return false }
    return here.scheme == named.scheme || here.scheme == "https" || isLocal(host)
  }

  private static func port(_ address: URLComponents) -> Int { address.port ?? (address.scheme == "https" ? 443 : 80) }

  private static func userInfo(_ text: String) -> Range<String.Index>? {
    guard let slashes = text.range(of: "//") else { return nil }
    let end = text[slashes.upperBound...].firstIndex { "/?#".contains($0) } ?? text.endIndex
    return text[slashes.upperBound..<end].lastIndex(of: "@").map { slashes.upperBound..<$0 }
  }

  private static func basic(in text: String) -> String? {
    guard let info = userInfo(text), !info.isEmpty else { return nil }
    let parts = text[info].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map {
      $0.removingPercentEncoding ?? String($0)
    }
    return basic(user: parts[0], password: parts.count > 1 ? parts[1] : "")
  }

  private static func basic(user: String, password: String) -> String {
    "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
  }
}
