import Findings
import SafeText

extension Handover {
  /// The handover as one HTML page that needs nothing else: no script, no font, no picture of
  /// another place; dark where the reader's system is.
  package var html: String {
    let sections = Sections(handover: self)
    let title = escapedHTML(sections.title)
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>\(style)</style>
      </head>
      <body>
      <h1>\(title)</h1>
      <p>\(escapedHTML(sections.summary))</p>
      \(charts)
      \(sections.all.map(block).joined(separator: "\n"))
      </body>
      </html>

      """
  }

  private func block(_ section: Sections.Section) -> String {
    let level = section.isInner ? "h3" : "h2"
    var text = "<\(level)>\(escapedHTML(section.title))</\(level)>"
    if let sentence = section.text { text += "\n<p>\(escapedHTML(sentence))</p>" }
    guard !section.rows.isEmpty else { return text }
    let head = section.columns.map { "<th scope=\"col\">\(escapedHTML($0))</th>" }.joined()
    let rows = section.rows.map { cells in
      "<tr>" + cells.map { "<td\(mark($0))>\(escapedHTML($0))</td>" }.joined() + "</tr>"
    }
    text += "\n<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n"
    text += rows.joined(separator: "\n") + "\n</tbody>\n</table>"
    if section.omitted > 0 { text += "\n<p>and \(section.omitted) more</p>" }
    return text
  }

  /// Severities have their colour, beside their word.
  private func mark(_ cell: String) -> String {
    switch cell {
    case "CRITICAL": " class=\"critical\""
    case "HIGH": " class=\"high\""
    default: ""
    }
  }

  private var charts: String {
    let hours = Chart.hours(of: self)
    let repositories = Chart.bars(
      "New findings by repository",
      repositories.prefix(12).map { repository in
        Chart.Bar(name: repository.name, parts: [repository.critical, repository.high])
      }, limit: nil)
    let users = Chart.bars(
      "Risk score of 24 hours by user",
      users.prefix(12).map { Chart.Bar(name: $0.user, parts: [0, $0.risk24h]) },
      limit: RiskThreshold.score)
    return "<div class=\"charts\">\n"
      + [hours, repositories, users].compactMap { $0 }.joined(separator: "\n") + "\n</div>"
  }

  private var style: String {
    """

    :root{color-scheme:light dark;--ink:#1b2430;--ground:#fff;--line:#c9d1da;--muted:#5a6775;\
    --critical:#a3123a;--high:#c2410c;--limit:#1d4ed8}
    @media (prefers-color-scheme:dark){:root{--ink:#dbe4ee;--ground:#0f1720;--line:#334155;\
    --muted:#94a3b8;--critical:#ff6b8f;--high:#ff9f6b;--limit:#7aa2ff}}
    body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);\
    max-width:72rem;margin:2rem auto;padding:0 1rem}
    table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
    th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);\
    vertical-align:top;overflow-wrap:anywhere}
    th{color:var(--muted);font-weight:600}
    .critical{color:var(--critical);font-weight:700}.high{color:var(--high);font-weight:600}
    .charts{display:flex;flex-wrap:wrap;gap:1.5rem}
    svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg .muted{fill:var(--muted)}
    svg .part0{fill:var(--critical)}svg .part1{fill:var(--high)}\
    svg .limit{stroke:var(--limit);stroke-width:2}
    @media print{body{margin:0;max-width:none}}

    """
  }
}

/// Text as the text of an element or an attribute.
func escapedHTML(_ text: String) -> String {
  var result = ""
  for character in SafeText.visible(text) {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
  return result
}
