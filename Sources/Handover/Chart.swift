import Events
import Findings

/// Small pictures for the page, as SVG; none where there is nothing to draw.
enum Chart {
  /// A line of a chart: CRITICAL and HIGH, drawn one after the other.
  struct Bar {
    var name: String
    var parts: [Int]

    var sum: Int { parts.reduce(0, +) }
  }

  private static let width = 520.0

  /// Bars that lie, the names before them and their sums after; `limit` is a line across.
  static func bars(_ title: String, _ bars: [Bar], limit: Int?) -> String? {
    guard let highest = bars.map(\.sum).max(), highest > 0 else { return nil }
    let scale = 240.0 / Double(max(highest, limit ?? 0))
    let height = Double(bars.count) * 22 + 30
    var body = ""
    for (row, bar) in bars.enumerated() {
      let y = Double(row) * 22 + 28
      body += text(x: 205, y: y + 12, shortened(bar.name), anchor: "end")
      var x = 212.0
      for (kind, part) in bar.parts.enumerated() where part > 0 {
        body += rectangle(x: x, y: y, width: Double(part) * scale, height: 15, part: kind)
        x += Double(part) * scale
      }
      body += text(x: x + 6, y: y + 12, String(bar.sum), class: "muted")
    }
    if let limit {
      let x = number(212 + Double(limit) * scale)
      body += "<line class=\"limit\" x1=\"\(x)\" x2=\"\(x)\" y1=\"22\" y2=\"\(number(height))\"/>"
    }
    return picture(title, height: height, body)
  }

  /// Columns, one for each hour of the shift (day where there are more than 72 hours).
  static func hours(of handover: Handover) -> String? {
    let findings = handover.repositories.flatMap(\.findings)
    guard !findings.isEmpty else { return nil }
    let span = handover.range.to.seconds - handover.range.from.seconds
    let step: Int64 = span > 72 * 3600 ? 86_400 : 3600
    let first = handover.range.from.seconds / step
    let count = Int(handover.range.to.seconds / step - first) + 1
    var columns = [[Int]](repeating: [0, 0], count: count)
    for finding in findings {
      let column = Int(finding.firstSeen.seconds / step - first)
      columns[column][finding.severity?.lowercased() == "critical" ? 0 : 1] += 1
    }
    let highest = max(1, columns.map { $0.reduce(0, +) }.max() ?? 1)
    let wide = (width - 40) / Double(count)
    var body = text(x: 0, y: 40, String(highest), class: "muted")
    for (index, parts) in columns.enumerated() {
      var y = 150.0
      for (kind, part) in parts.enumerated() where part > 0 {
        let height = 115 * Double(part) / Double(highest)
        y -= height
        body += rectangle(
          x: 30 + Double(index) * wide, y: y, width: max(1, wide - 2), height: height, part: kind)
      }
    }
    body += text(x: 30, y: 168, Sections.minute(handover.range.from), class: "muted")
    body += text(
      x: width - 10, y: 168, Sections.minute(handover.range.to), anchor: "end", class: "muted")
    return picture(
      "New findings by \(step == 3600 ? "hour" : "day")", height: 176, body)
  }

  private static func picture(_ title: String, height: Double, _ body: String) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
    viewBox="0 0 \(number(width)) \(number(height))" role="img"><title>\(escapedHTML(title))</title>\
    \(text(x: 0, y: 14, title))\(body)</svg>
    """
  }

  private static func rectangle(
    x: Double, y: Double, width: Double, height: Double, part: Int
  ) -> String {
    "<rect class=\"part\(part)\" x=\"\(number(x))\" y=\"\(number(y))\" "
      + "width=\"\(number(width))\" height=\"\(number(height))\"/>"
  }

  private static func text(
    x: Double, y: Double, _ words: String, anchor: String = "start", class style: String = ""
  ) -> String {
    "<text class=\"\(style)\" x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">"
      + escapedHTML(words) + "</text>"
  }

  /// The end of a name tells more than its middle.
  private static func shortened(_ name: String) -> String {
    name.count <= 30 ? name : name.prefix(12) + "…" + name.suffix(17)
  }

  /// With one digit after the point at most.
  private static func number(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    return tenths.truncatingRemainder(dividingBy: 10) == 0
      ? String(Int(tenths / 10)) : String(tenths / 10)
  }
}
