import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Calls of MLflow's REST interface, version 2.0; ``TrackingAddress`` says with what it authenticates where.
struct MLflowClient: Sendable {
  private let address: TrackingAddress
  /// The server's address without user info.
  var server: String { address.server }
  /// Whether the environment names a proxy for plain HTTP.
  private let hasProxy: Bool
  /// Seconds that the server has to answer.
  private let timeout: Double

  init(server: String, timeout: Double = 20, environment: [String: String] = ProcessInfo.processInfo.environment) {
    address = TrackingAddress(server, environment: environment)
    self.timeout = timeout
    hasProxy = ["http_proxy", "all_proxy", "ALL_PROXY"].contains { environment[$0]?.isEmpty == false }
  }

  func get<Answer: Decodable>(_ path: String, _ query: [String: String], as: Answer.Type = Answer.self) async throws -> Answer {
    var components = try components(path)
    components.queryItems = query.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
    return try await send("GET", components, body: nil)
  }

  @discardableResult
  func post<Answer: Decodable>(_ path: String, _ body: some Encodable, as: Answer.Type = Answer.self) async throws -> Answer {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try await send("POST", try components(path), body: try encoder.encode(body))
  }

  private func components(_ path: String) throws(MLflowError) -> URLComponents {
    guard let components = URLComponents(string: "\(server)/api/2.0/mlflow/\(path)"),
      components.scheme?.hasPrefix("http") == true
    else { throw MLflowError(.unreachable, "'\(server)' is no address of a server: give one such as http://127.0.0.1:5000") }
    return components
  }

  private func send<Answer: Decodable>(_ method: String, _ components: URLComponents, body: Data?) async throws -> Answer {
    guard let url = components.url else { throw MLflowError(.unreachable, "'\(server)' is no address of a server") }
    let (status, data): (Int, Data)
    do {
      (status, data) = try await exchange(method, url, body: body)
    } catch {
      throw MLflowError(
        .unreachable,
        "no server answers at \(server) (\(error.localizedDescription)): start one with `mlflow server`, or correct `uri`")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard (200..<300).contains(status) else {
      let refusal = try? decoder.decode(Refusal.self, from: data)
      let isMissing = status == 404 && refusal?.errorCode == "RESOURCE_DOES_NOT_EXIST"
      throw MLflowError(
        isMissing ? .missing : .refused,
        "\(server) answered \(status) to \(url.path): \(refusal?.message ?? String(decoding: data.prefix(200), as: UTF8.self))"
          + hint(at: status))
    }
    do {
      return try decoder.decode(Answer.self, from: data)
    } catch {
      throw MLflowError(
        .unreadable,
        "what answers at \(server) is no MLflow server (\(url.path)): \(String(decoding: data.prefix(200), as: UTF8.self))")
    }
  }

  /// What to do about an answer that asks for credentials.
  private func hint(at status: Int) -> String {
    switch status {
    case 401 where address.isWithheld, 403 where address.isWithheld:
      "; the credentials of the environment go only to the server that \(TrackingAddress.trackingVariable) names: set it to "
        + "\(server), or write them into `uri`"
    case 300..<400: "; redirections are not followed: give the address that it leads to"
    default: ""
    }
  }

  /// Plain HTTP without `URLSession`, which keeps a core busy while it waits; see ``PlainExchange``.
  private func exchange(_ method: String, _ url: URL, body: Data?) async throws -> (Int, Data) {
    var fields = [("Content-Type", "application/json")]
    if let authorization = address.authorization { fields.append(("Authorization", authorization)) }
    if url.scheme == "http", let host = url.host, TrackingAddress.isLocal(host) || !hasProxy {
      let exchange = PlainExchange(method, url, host: host, fields: fields, body: body ?? Data())
      return try await exchange.answer(within: timeout)
    }
    var request = URLRequest(url: url, timeoutInterval: timeout)
    request.httpMethod = method
    request.httpBody = body
    for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
    return try await BoundedTransfer.answer(to: request, within: timeout)
  }

  private struct Refusal: Decodable {
    let errorCode: String
    let message: String
  }
}

/// An answer of which nothing is needed.
struct EmptyAnswer: Decodable {}
