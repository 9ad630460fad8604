import Foundation

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Calls of MLflow's REST interface, version 2.0.
///
/// `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, authenticate as they do for MLflow's own
/// client.
struct MLflowClient: Sendable {
  let server: String
  private let authorization: String?
  private let session: URLSession
  /// Whether the environment names a proxy for plain HTTP.
  private let hasProxy: Bool
  /// Seconds that the server has to answer.
  private let timeout: Double

  init(server: String, timeout: Double = 20, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.server = server.hasSuffix("/") ? String(server.dropLast()) : server
    self.timeout = timeout
    session = URLSession(configuration: .ephemeral)
    hasProxy = ["http_proxy", "all_proxy", "ALL_PROXY"].contains { environment[$0]?.isEmpty == false }
    if let token = environment["MLFLOW_TRACKING_TOKEN"] {
      authorization = "Bearer \(token)"
    } else if let user = environment["MLFLOW_TRACKING_USERNAME"] {
      let pair = "\(user):\(environment["MLFLOW_TRACKING_PASSWORD"] ?? "")"
      authorization = "Basic \(Data(pair.utf8).base64EncodedString())"
    } else {
      authorization = nil
    }
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
        "\(server) answered \(status) to \(url.path): \(refusal?.message ?? String(decoding: data.prefix(200), as: UTF8.self))")
    }
    do {
      return try decoder.decode(Answer.self, from: data)
    } catch {
      throw MLflowError(
        .unreadable,
        "what answers at \(server) is no MLflow server (\(url.path)): \(String(decoding: data.prefix(200), as: UTF8.self))")
    }
  }

  /// Plain HTTP without `URLSession`, which keeps a core busy while it waits; see ``PlainExchange``.
  private func exchange(_ method: String, _ url: URL, body: Data?) async throws -> (Int, Data) {
    var fields = [("Content-Type", "application/json")]
    if let authorization { fields.append(("Authorization", authorization)) }
    let isLocal = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(url.host ?? "")
    if url.scheme == "http", let host = url.host, isLocal || !hasProxy {
      let exchange = PlainExchange(method, url, host: host, fields: fields, body: body ?? Data())
      return try await exchange.answer(within: timeout)
    }
    var request = URLRequest(url: url, timeoutInterval: timeout)
    request.httpMethod = method
    request.httpBody = body
    for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
    let (data, response) = try await session.data(for: request)
    return ((response as? HTTPURLResponse)?.statusCode ?? 0, data)
  }

  private struct Refusal: Decodable {
    let errorCode: String
    let message: String
  }
}

/// An answer of which nothing is needed.
struct EmptyAnswer: Decodable {}
