import Foundation
import Options
import Testing

@testable import MLflowSink

struct TrackingAddressTests {
  private let token = ["MLFLOW_TRACKING_TOKEN": "secret"]

  private func sent(_ server: String, own: String? = nil) -> String? {
    var environment = token
    environment["MLFLOW_TRACKING_URI"] = own
    return TrackingAddress(server, environment: environment).authorization
  }

  @Test func credentialsGoOnlyWhereTheUserSentThem() {
    let bearer = "Bearer secret"
    #expect(sent("http://tracking.example:5000", own: "http://tracking.example:5000") == bearer)
    #expect(sent("http://tracking.example:5000/", own: "http://Tracking.Example:5000") == bearer)
    #expect(sent("https://tracking.example", own: "https://tracking.example:443") == bearer)
    #expect(sent("http://127.0.0.1:18081") == bearer)
    #expect(sent("http://localhost:5000", own: "http://localhost:5000") == bearer)
    // Another host, another port, the clear where https was said, no server named, a host that only looks like it.
    #expect(sent("http://evil.example", own: "http://tracking.example") == nil)
    #expect(sent("https://evil.example", own: "https://tracking.example") == nil)
    #expect(sent("http://tracking.example:81", own: "http://tracking.example:80") == nil)
    #expect(sent("http://tracking.example:443", own: "https://tracking.example") == nil)
    #expect(sent("https://evil.example") == nil)
    #expect(sent("http://evil.example") == nil)
    #expect(sent("http://127.0.0.1.evil.example") == nil)
    #expect(sent("http://localhost@evil.example") != "Bearer secret")
    #expect(sent("http://127.0.0.1:18081", own: "https://tracking.example") == nil)
    #expect(TrackingAddress("http://evil.example", environment: token).isWithheld)
  }

  @Test func lineEndsInAVariableWriteNoHeader() {
    let address = TrackingAddress("http://127.0.0.1:5000", environment: ["MLFLOW_TRACKING_TOKEN": "a\r\nX-Other: b"])
    #expect(address.authorization == nil)
  }

  @Test func userInfoIsUsedAndStoredNowhere() {
    let address = TrackingAddress("https://me:p%40ss@host.example:8443/base/", environment: token)
    #expect(address.server == "https://host.example:8443/base")
    #expect(address.authorization == "Basic " + Data("me:p@ss".utf8).base64EncodedString())
    var options = OptionReader(
      OptionValue(.map([OptionEntry(key: "uri", value: OptionValue(.text("http://me:word@host.example:5000")))])))
    let log = MLflowLog(options: &options)
    #expect(log.destination == "http://host.example:5000")
    #expect(options.resolvedValue["uri"] == "http://host.example:5000")
    #expect(!"\(options.resolved)".contains("word") && !"\(options.closed())".contains("word"))
  }
}

extension OptionValue {
  fileprivate subscript(key: String) -> String? {
    guard case .map(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value.writtenText
  }
}
