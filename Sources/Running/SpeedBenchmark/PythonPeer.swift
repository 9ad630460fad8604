import ChildProcesses
import Foundation
import Timelines

/// What Takt competes with, run by Python in the same rounds: `experiments/bench-peers.py`.
///
/// Python's figures are by processor time, like Takt's. Where Python, the script or a package is missing, the rows say so.
final class PythonPeer {
  /// What one peer did.
  struct Figure: Decodable {
    /// Calls a second of processor time.
    var rate: Double?
    /// The mean score over the inputs, which both sides share.
    var mean: Double?
    /// What computed it, such as *scipy*.
    var by: String?
    /// Why there is no figure.
    var missing: String?
  }

  private static let script = "experiments/bench-peers.py"

  private static let patience = 3600.0

  private var process: SupervisedProcess?
  private var lines: LineExchange?
  /// The inputs, until they were sent.
  private var pending: [Data] = []
  private var fault: String?
  /// The latest figures by name.
  private(set) var figures: [String: Figure] = [:]

  /// Starts Python on these inputs, by name lists of argument lists.
  init(inputs: [String: Any]) {
    guard FileManager.default.fileExists(atPath: Self.script) else {
      fault = "there is no \(Self.script) here"
      return
    }
    guard let python = Self.python else {
      fault = "no Python; `make bench` makes one"
      return
    }
    do {
      let process = try SupervisedProcess([python, Self.script], input: .pipe, output: .pipe, error: .nothing)
      if let requests = process.input, let answers = process.output {
        lines = LineExchange(requests: requests, answers: answers)
      }
      pending = [try JSONSerialization.data(withJSONObject: inputs, options: .sortedKeys), Data("\n".utf8)]
      self.process = process
    } catch {
      fault = "\(python) does not run"
    }
  }

  /// The Python that `TAKT_PYTHON` names, or the one that `experiments/python.sh` makes.
  private static var python: String? {
    let named = ProcessInfo.processInfo.environment["TAKT_PYTHON"] ?? ""
    return [named, ".build/python/bin/python"].first { !$0.isEmpty && FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Has Python measure everything once more.
  func measure() {
    guard fault == nil, let lines else { return }
    do {
      let request = pending + [Data("measure".utf8)]
      pending = []
      let answer = try lines.exchange(request, timeout: Self.patience, longest: InputLimit.httpBody)
      figures = try JSONDecoder().decode([String: Figure].self, from: answer)
    } catch {
      fault = "Python stopped"
    }
  }

  /// The peer's calls a second in millions.
  func rate(_ name: String) -> Double? { callRate(name).map { $0 / 1e6 } }

  func callRate(_ name: String) -> Double? { figures[name]?.rate }

  /// What stands beside a figure: the peer and whether its scores are Takt's, or why there is none.
  func note(_ name: String, mean: Double, within tolerance: Double = 1e-6) -> String {
    guard let figure = figures[name], let other = figure.mean else {
      return "no peer: \(fault ?? figures[name]?.missing ?? "none is written for it")"
    }
    return abs(other - mean) <= tolerance
      ? "the same mean score" : "mean score \(BenchNumber.text(mean)), the peer's \(BenchNumber.text(other))"
  }

  /// The limit of a row; empty where there is no peer.
  func name(_ name: String) -> String { figures[name]?.by ?? "" }
}

/// Has Python measure once a round, before the families that stand beside it.
struct PythonPeerRounds: BenchFamily {
  let peer: PythonPeer

  var rows: [BenchRow] { [] }

  func measure(beside limits: MachineLimits) -> [BenchSample] {
    peer.measure()
    return []
  }
}
