import ChildProcesses
import Foundation
import Policies
import Synchronization
import Timelines

/// Calls of a policy elsewhere: numbered, sent, answered in any order, and sent again where the connection broke before the answer.
final class PolicyChannel: Sendable {
  private let peer: PolicyPeer
  private let hello: PolicyCall.Hello
  private struct State {
    var calls = 0
    /// The version of the messages that is spoken; 1 until the process has said.
    var version = 1
    /// What the process is called by as long as it holds the same state.
    var instance: Int?
  }
  private let state = Mutex(State())

  /// A connection that breaks more often than this within one call is given up.
  private static let mostCuts = 8
  /// More life signs than this within one call are noise.
  private static let mostLifeSigns = 100_000

  /// A request that waits for its answer.
  struct Request {
    let id: Int
    let call: String
    let pieces: [Data]
  }

  init(peer: PolicyPeer, hello: PolicyCall.Hello) {
    (self.peer, self.hello) = (peer, hello)
  }

  func end() { peer.end() }

  /// Lets no further call happen after a failure that nobody could be told of.
  func fail(_ error: PolicyError) { peer.refuse(error) }

  /// Whether every further call throws.
  var hasFailed: Bool { peer.hasFailed }

  var version: Int { state.withLock(\.version) }

  /// What messages call the policy, such as `the policy 'python3 my_policy.py'`.
  var description: String { peer.description }

  /// An error after which the process is not asked again.
  func broken(_ what: String) -> PolicyError {
    peer.fail("\(what). docs/external-policy.md has the messages; print anything else to standard error.")
  }

  /// Greets the process, and settles the version of the messages.
  func greet() throws(PolicyError) -> PolicyCall.Greeting {
    let greeting: PolicyCall.Greeting = try call("hello", hello)
    try settle(greeting)
    return greeting
  }

  private func settle(_ greeting: PolicyCall.Greeting) throws(PolicyError) {
    guard hello.versions.contains(greeting.protocol) else {
      throw broken(
        "speaks version \(greeting.protocol) of the messages and this Takt \(hello.versions.map(String.init).joined(separator: " and ")): "
          + "bring both to one version")
    }
    let (known, fresh) = state.withLock { state in
      defer { (state.version, state.instance) = (greeting.protocol, greeting.instance ?? 0) }
      return (state.instance, greeting.instance ?? 0)
    }
    guard let known, known != fresh else { return }
    throw peer.fail(
      "was started anew while it was asked: instance \(fresh) answers where \(known) did, so what it held is gone.",
      code: .stateLost)
  }

  func call<Value: Decodable>(_ call: String, _ arguments: some Encodable) throws(PolicyError) -> Value {
    let request = try request(call, arguments)
    return try result(of: try answer(to: request, longest: InputLimit.policyLine), to: request)
  }

  func request(_ call: String, _ arguments: some Encodable) throws(PolicyError) -> Request {
    let (id, version) = state.withLock { state in
      state.calls += 1
      return (state.calls, state.version)
    }
    return Request(
      id: id, call: call, pieces: [try encoded(PolicyRequest(id: id, call: call, arguments: arguments), version: version)])
  }

  /// A request whose one long text is not copied: `{"id": …, "call": …, KEY: TEXT}`, where the text needs no escapes.
  func request(_ call: String, key: String, text: Data) -> Request {
    let id = state.withLock { state in
      state.calls += 1
      return state.calls
    }
    let opening = Data(#"{"id":\#(id),"call":"\#(call)","\#(key)":""#.utf8)
    return Request(id: id, call: call, pieces: [opening, text, Data(#""}"#.utf8)])
  }

  func answer(to request: Request, longest: Int) throws(PolicyError) -> Data {
    var answer = Data()
    try answers(to: [request], longest: longest) { answer = $1 }
    return answer
  }

  /// Sends requests at once and hands over each answer, by the place of its request, as it comes.
  func answers(
    to requests: [Request], longest: Int, each: (_ place: Int, _ line: Data) -> Void
  ) throws(PolicyError) {
    var waiting = Array(requests.indices)
    var cuts = 0
    while !waiting.isEmpty {
      do throws(PolicyPeer.Interruption) {
        try converse(requests, &waiting, longest: longest, each: each)
      } catch {
        switch error {
        case .failed(let error): throw error
        case .disconnected(let how):
          cuts += 1
          guard cuts <= Self.mostCuts else { throw peer.fail("\(how), for the \(cuts)th time.") }
          try greetAgain(&cuts)
        }
      }
    }
  }

  /// Connects anew and makes sure that the same instance answers.
  private func greetAgain(_ cuts: inout Int) throws(PolicyError) {
    while true {
      try peer.reconnect()
      guard state.withLock(\.instance) != nil else { return }  // the hello itself waits and is sent again
      let greeting = try request("hello", hello)
      var (waiting, answer) = ([0], Data())
      do throws(PolicyPeer.Interruption) {
        try converse([greeting], &waiting, longest: InputLimit.policyLine) { answer = $1 }
      } catch {
        switch error {
        case .failed(let error): throw error
        case .disconnected(let how):
          cuts += 1
          guard cuts <= Self.mostCuts else { throw peer.fail("\(how), for the \(cuts)th time.") }
          continue
        }
      }
      return try settle(try result(of: answer, to: greeting))
    }
  }

  private func converse(
    _ requests: [Request], _ waiting: inout [Int], longest: Int, each: (Int, Data) -> Void
  ) throws(PolicyPeer.Interruption) {
    var (signs, wrong) = (0, String?.none)
    var left = waiting
    defer { waiting = left }
    let names = Set(waiting.map { requests[$0].call }).sorted().joined(separator: "', '")
    try peer.converse(left.map { requests[$0].pieces }, call: names, longest: longest) { line in
      if LineHead.isLifeSign(line) {
        signs += 1
        guard signs > Self.mostLifeSigns else { return .more }
        wrong = "sent \(signs) signs that it is at work on '\(names)': one a second is enough"
        return .stop
      }
      var place = 0
      if left.count > 1 {
        guard let id = LineHead.id(of: line), let found = left.firstIndex(where: { requests[$0].id == id }) else {
          wrong = "answered \(left.count) calls, '\(names)', with what answers none of them: \(ShownText.of(line))"
          return .stop
        }
        place = found
      }
      each(left.remove(at: place), line)
      return left.isEmpty ? .last : .more
    }
    if let wrong { throw .failed(broken(wrong)) }
  }

  func result<Value: Decodable>(of line: Data, to request: Request) throws(PolicyError) -> Value {
    let reply: PolicyReply<Value>
    do throws(AnswerText.Complaint) {
      reply = try AnswerText(line: line, version: version).decoded(PolicyReply<Value>.self)
    } catch {
      throw broken(
        "answered '\(request.call)' with what is no answer to it: \(ShownText.of(line)): \(ShownText.plain(error.text))")
    }
    guard reply.id == request.id else {
      throw broken("answered call \(reply.id) where call \(request.id), '\(request.call)', waits")
    }
    switch reply.result {
    case .success(let value): return value
    case .failure(let refusal): throw peer.refused(request.call, id: request.id, refusal)
    }
  }

  private func encoded(_ request: some Encodable, version: Int) throws(PolicyError) -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.withoutEscapingSlashes]
    encoder.userInfo[.policyMessages] = version
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      return try encoder.encode(request)
    } catch {
      throw PolicyError(.badPrompt, "a prompt cannot be written as JSON", cause: error)
    }
  }
}
