package import Foundation

/// Progress for a person who watches: a bar that stays on its line in a terminal, a plain line an event elsewhere.
///
/// The bar shows steps, rate, time left, the mean reward of the last ten steps and a held-out score. Evaluations, warnings,
/// checkpoints and the end get lines of their own.
package actor TerminalSink: RunLogSink {
  /// A metric with the words that the bar shows for it.
  package struct Score: Sendable, Hashable {
    package var label: String
    package var metric: String

    package init(label: String, metric: String) {
      self.label = label
      self.metric = metric
    }
  }

  private let handle: FileHandle
  private let isTerminal: Bool
  private let heldOut: Score?
  private let now: @Sendable () -> Double
  private var progress = RunProgress()
  private var heldOutValue: Double?
  private var hasOpenLine = false

  /// `isTerminal` is found out from `handle` where it is not given; `heldOut` names the metric of evaluations that the bar
  /// shows; `now` gives seconds from any origin.
  package init(
    handle: FileHandle = .standardError, isTerminal: Bool? = nil, heldOut: Score? = nil,
    now: @escaping @Sendable () -> Double = RunClock.uptime
  ) {
    self.handle = handle
    self.isTerminal = isTerminal ?? (isatty(handle.fileDescriptor) == 1)
    self.heldOut = heldOut
    self.now = now
  }

  package func record(_ event: RunEvent) throws {
    switch event.kind {
    case .started:
      progress.start(at: now(), step: event.step)
      try writeLine(event.text.isEmpty ? "started" : event.text)
    case .step:
      progress.advance(to: event, at: now())
      try showProgress()
    case .evaluation:
      if let heldOut, let value = event.scalars[heldOut.metric] { heldOutValue = value }
      try writeLine("after \(event.step) steps: " + Self.scores(of: event))
      if isTerminal, progress.totalSteps > 0 { try showProgress() }
    case .checkpoint:
      if !isTerminal { try writeLine("checkpoint after \(event.step) steps: \(event.text)") }
    case .warning:
      try writeLine("warning at step \(event.step): \(event.text)")
    case .finished:
      let elapsed = RunProgress.clock(progress.elapsed(at: now()))
      try writeLine("finished after \(event.step) steps in \(elapsed)" + (event.text.isEmpty ? "" : ": \(event.text)"))
    }
  }

  package func finish() throws {
    if hasOpenLine { try write("\n") }
    hasOpenLine = false
  }

  private func showProgress() throws {
    var parts = [progress.counts]
    if isTerminal { parts.append(progress.bar(columns: 24)) }
    parts.append(progress.percentage)
    parts += [progress.rate(at: now()), progress.remaining(at: now())].compactMap { $0 }
    if let reward = progress.reward { parts.append("reward " + Self.written(reward)) }
    if let heldOut, let heldOutValue { parts.append("\(heldOut.label) " + Self.written(heldOutValue)) }
    let line = parts.joined(separator: "  ")
    if isTerminal {
      try write("\r\(line)\u{1B}[K")
      hasOpenLine = true
    } else {
      try writeLine(line)
    }
  }

  private func writeLine(_ line: String) throws {
    try write((hasOpenLine ? "\r\u{1B}[K" : "") + line + "\n")
    hasOpenLine = false
  }

  private func write(_ text: String) throws {
    try handle.write(contentsOf: Data(text.utf8))
  }

  private static func scores(of event: RunEvent) -> String {
    event.scalars.filter { !$0.key.hasPrefix(RunEvent.timePrefix) }.sorted { $0.key < $1.key }.map { name, value in
      let words = name.split(separator: "/").drop { $0 == "evaluation" }.joined(separator: " ")
      return "\(words) \(written(value))"
    }.joined(separator: " · ")
  }

  private static func written(_ value: Double) -> String { String(format: "%.3f", value) }
}
