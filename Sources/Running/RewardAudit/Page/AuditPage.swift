import Questions
import RunReports

/// An audit as one HTML page that needs nothing else: no network, no script, drawings inline.
public struct AuditPage: Sendable {
  private let report: AuditReport
  private let title: String
  private let configuration: String

  /// `title` names the composition, `configuration` is its file.
  public init(_ report: AuditReport, title: String, configuration: String = "") {
    self.report = report
    self.title = title
    self.configuration = configuration
  }

  /// The page; whatever the report holds is shown as text, and nothing in it becomes markup.
  public var html: String {
    let verdict =
      report.kinds.isEmpty
      ? "It judges none of the questions."
      : report.isExploitable ? "It can be exploited." : "Nothing was found that exploits it."
    let warnings = report.warnings.map { "<p class=\"warning\">\($0.escaped)</p>" }.joined()
    let source =
      configuration.isEmpty
      ? "" : "<section><h2>Composition</h2><pre>\(configuration.escaped)</pre></section>"
    let body = """
      <h1>Audit of \(title.escaped)</h1>
      <p class="headline \(report.isExploitable ? "bad" : "good")">\(verdict)</p>
      \(warnings)
      \(report.kinds.map { AuditSection(audit: $0, options: report.options).html }.joined(separator: "\n"))
      \(source)
      """
    return Markup.page(title: "Audit of \(title)", style: AuditStyle.css, body: Markup(stringLiteral: body)).source
  }
}

/// One kind of question.
private struct AuditSection {
  let audit: KindAudit
  let options: AuditOptions

  var html: String {
    """
    <section>
    <h2>\(heading) <small>\(audit.questionCount) questions</small></h2>
    \(facts)
    \(violations)
    <figure><figcaption>What each policy earns <span class="legend">mean reward, line from the 10th to the 90th percentile; \
    <span class="key honest">honest</span> <span class="key partial">partial</span> <span class="key blind">blind</span></span>\
    </figcaption>
    \(PolicyChart(audit: audit).svg)</figure>
    <div class="figures">
    <figure><figcaption>Reward and noise</figcaption>
    \(NoiseChart(audit: audit).svg)
    <p class="note">Mean reward of honest answers by their noise, with the mean spread within groups of \(options.groupSize); \
    broken: the best blind policy.</p></figure>
    <figure><figcaption>Reward and \(audit.metric.escaped)</figcaption>
    \(ScatterChart(audit: audit).svg)
    <p class="note">One dot an answer.</p></figure>
    </div>
    \(table)
    </section>
    """
  }

  private var heading: String {
    switch audit.kind {
    case .instant: "Instants"
    case .intervals: "Intervals"
    case .choice: "Choices"
    case .order: "Orders"
    case .text: "Texts"
    }
  }

  private var facts: String {
    let ratio = audit.ratio.map { decimal($0, places: 3) } ?? "–"
    let facts = [
      ("best blind", "\(decimal(audit.bestBlind?.mean, places: 3)) \(audit.bestBlind?.name ?? "")"),
      ("honest, \(audit.yardstick)", decimal(audit.honest15, places: 3)),
      ("ratio (at most \(decimal(options.maxRatio, places: 2)))", ratio),
      (
        "Spearman with \(audit.metric) (at least \(decimal(options.minSpearman, places: 2)))",
        decimal(audit.spearman, places: 3)
      ),
      ("tied groups", decimal(100 * audit.tiedGroups, places: 1) + " %"),
    ]
    return "<dl class=\"facts\">"
      + facts.map { "<div><dt>\($0.0.escaped)</dt><dd>\($0.1.escaped)</dd></div>" }.joined() + "</dl>"
  }

  private var violations: String {
    guard !audit.violations.isEmpty else { return "<p class=\"good\">Every property holds.</p>" }
    let items = audit.violations.map {
      "<li><b>\($0.check.rawValue)</b> <small>\($0.count) of \($0.checked)</small> \($0.message.escaped)</li>"
    }
    return "<ul class=\"violations\">\(items.joined())</ul>"
  }

  private var table: String {
    let rows = audit.policies.map { policy in
      """
      <tr><th scope="row">\(policy.name.escaped)</th><td class="\(policy.role.rawValue)">\(policy.role.rawValue)</td>\
      <td class="number">\(decimal(policy.mean, places: 3))</td><td class="number">\(decimal(policy.metric, places: 3))</td>\
      <td class="number">\(decimal(100 * policy.readable, places: 0)) %</td><td>\(policy.summary.escaped)</td></tr>
      """
    }
    return """
      <details><summary>All numbers</summary><div class="scroll"><table>
      <thead><tr><th>policy</th><th></th><th class="number">reward</th><th class="number">\(audit.metric.escaped)</th>\
      <th class="number">readable</th><th>answers</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></details>
      """
  }
}

extension String {
  /// With everything escaped that HTML and SVG give a meaning.
  var escaped: String { Markup(text: self).source }
}
