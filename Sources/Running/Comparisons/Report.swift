package import Experiments
import Files
import Foundation
import Options
import Questions
package import RunReports

/// The report of one run, of several, or of a grid: `takt report`, and the page that a run leaves.
package struct Report: Sendable {
  package enum Format: String, Sendable, CaseIterable {
    case html, markdown, csv, latex
  }

  /// What the page takes along of the sound of its tracks.
  package enum Sound: String, Sendable, CaseIterable {
    case embed, link, none
  }

  package let content: SummaryContent

  /// Reads runs' folders; runs that differ in nothing but their seed are one arm.
  ///
  /// `baseline` names the arm that the others are compared with, or a run of it: by default the start of training where there is one
  /// arm, else the one that was trained without rewards, else the first. `output` is where the page will lie, for linked sounds.
  package init(
    runs folders: [String], baseline: String? = nil, sound: Sound = .embed, hasPictures: Bool = true, output: String = "",
    plugins: Plugins = .current, progress: WorkProgress = .silent
  ) throws {
    guard !folders.isEmpty else { throw NamedError("give the folder of a run or of a grid") }
    let runs = try ReportRun.reading(folders, progress) { try ReportRun($0) }
    let arms = try ReportArm.arms(of: runs)
    try self.init(
      title: runs.count == 1 ? runs[0].name : arms.map(\.name).joined(separator: ", "), arms: arms, baseline: baseline,
      sound: sound, hasPictures: hasPictures, output: output, plugins: plugins)
  }

  package init(
    title: String, arms: [ReportArm], baseline: String?, sound: Sound, hasPictures: Bool = true, output: String = "",
    preface: SummaryTable? = nil, cautions given: [String] = [], comparison: Comparison? = nil,
    plugins: Plugins
  ) throws {
    let scores = try ReportScores(arms, baseline: baseline, tasks: plugins.tasks)
    let results = ReportResults(scores)
    let origin = ReportOrigin(arms: arms)
    var cautions = given + results.cautions
    let unscored = arms.flatMap(\.runs).filter { $0.answers.isEmpty && !$0.directory.isScored }
    if !unscored.isEmpty {
      cautions.append(
        "Without held-out tracks (an encoder, or tracks.test is 0 or empty), so in the curves only: "
          + "\(unscored.map(\.name).joined(separator: ", ")).")
    }
    let unfinished = arms.flatMap(\.runs).filter { $0.answers.isEmpty && $0.directory.isScored }
    if !unfinished.isEmpty {
      cautions.append(
        "Not finished, so in the curves only: \(unfinished.map(\.name).joined(separator: ", "))."
          + (preface == nil ? " Run takt train again to finish." : "")
      )
    }
    cautions += arms.flatMap(\.finished).compactMap { LogEnding($0.events).caution(run: $0.name) }
    let asked = Set(scores.columns.map { Set($0.runs.joined().map(\.question.id)) })
    if asked.count > 1 {
      let counts = asked.map { "\($0.count)" }.sorted().joined(separator: ", ")
      cautions.append("Arms answered different held-out questions (\(counts)): a difference may be one of questions.")
    }
    var media: TrackMedia?
    if hasPictures, let run = arms.first?.runs.first {
      do {
        let file = try ExperimentFile(of: run.directory, plugins: plugins)
        media = try TrackMedia(file, sound: Self.kept(sound, beside: output))
      } catch {
        cautions.append("No pictures and no sound, since the tracks cannot be made again: \(error)")
      }
    }
    let curves = ReportCurves(arms: arms, tasks: plugins.tasks) { scores.style(ofArm: $0) }
    let comparison = try comparison ?? Self.comparison(of: arms, scores: scores, plugins)
    let rows = comparison.map { SummaryRows($0) }
    var content = SummaryContent(
      title: title, headline: results.headline.isEmpty ? rows?.headline ?? "" : results.headline,
      facts: origin.facts(scores), warnings: origin.warnings)
    content.cautions = cautions
    content.findings = Array(results.findings.dropFirst())
    content.forests = results.forests
    content.forestNote = results.forestNote
    content.profiles = results.profiles
    content.tables =
      [preface].compactMap { $0 } + results.tables
      + [ReportBehaviour(scores: scores).table, results.seedTable, preface == nil ? try ReportDifferences(arms).table : nil]
      .compactMap { $0 }
    content.comparisons = rows?.comparisons ?? []
    content.comparisonNote = comparison?.note ?? ""
    content.arms = comparison?.arms ?? SummaryArms()
    content.terms = ReportTerms(scores: scores).terms
    content.curves = curves.learning
    content.attributions = curves.attributions
    content.lengths = ReportLengths(scores: scores).curves
    content.examples = ReportExamples(scores: scores).examples(media)
    content.command = origin.commands
    content.configuration = origin.configuration
    content.manifest = origin.manifests
    self.content = content
  }

  /// The whole report in one of the formats.
  package func text(_ format: Format) -> String {
    switch format {
    case .html: SummaryPage(content).html
    case .markdown: ReportDocument(content).markdown
    case .csv: ReportDocument(content).csv
    case .latex: ReportDocument(content).latex
    }
  }

  private static func kept(_ sound: Sound, beside output: String) -> TrackMedia.Sound {
    switch sound {
    case .none: return .none
    case .embed: return .embedded(seconds: 75)
    case .link:
      let name = URL(fileURLWithPath: output).deletingPathExtension().lastPathComponent + "-sound"
      let folder = URL(fileURLWithPath: output).deletingLastPathComponent().appendingPathComponent(name).path
      return .linked(folder: folder, path: name)
    }
  }

  /// Before and after over tracks, of one arm or of one arm beside its baseline.
  private static func comparison(of arms: [ReportArm], scores: ReportScores, _ plugins: Plugins) throws -> Comparison? {
    let finished = arms.filter { !$0.finished.isEmpty }
    guard (1...2).contains(finished.count), scores.columns.first?.name == ReportScores.start else { return nil }
    let baseline = scores.columns[scores.baseline].name
    let other = finished.first { $0.name == baseline } ?? finished.first { $0.isSupervised } ?? finished.first
    let control = finished.count == 2 ? other : nil
    guard let subject = finished.first(where: { $0.name != control?.name }) else { return nil }
    guard control.map({ $0.finished.count == subject.finished.count }) ?? true else { return nil }
    return try Comparison(
      runs: subject.finished.map(\.directory.path), control: control?.finished.map(\.directory.path) ?? [],
      plugins: plugins)
  }
}
