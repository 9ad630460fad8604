/// How to make it again: commands, configuration, manifest.
struct OriginSection: PageSection {
  let content: SummaryContent
  let title = "How it was made"
  var isEmpty: Bool { content.command.isEmpty && content.configuration.isEmpty && content.manifest.isEmpty }

  var body: Markup {
    var parts: [Markup] = []
    if !content.command.isEmpty { parts.append("<h3>Command</h3><pre>\(content.command)</pre>") }
    for (name, text) in [("resolved.yaml", content.configuration), ("manifest.json", content.manifest)] where !text.isEmpty {
      parts.append("<details><summary>\(name)</summary><pre>\(text)</pre></details>")
    }
    return Markup(parts)
  }
}
