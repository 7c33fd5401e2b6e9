package import CellGrid
import SafeText

extension Frame {
  /// The frame as a picture that needs nothing else: a rounded window in the theme's colours with
  /// the cells on an exact grid, whatever font the viewer has.
  package nonisolated func svg(_ theme: Theme, title: String) -> String {
    var picture = SVGPicture(self, theme)
    return picture.drawn(title: SafeText.visible(title))
  }
}

/// Draws a frame as SVG: grounds first, then lines and blocks as shapes, then runs of text.
private nonisolated struct SVGPicture {
  let frame: Frame
  let theme: Theme
  private var body = ""

  private static let bar = 28
  private static let margin = 12

  init(_ frame: Frame, _ theme: Theme) {
    self.frame = frame
    self.theme = theme
  }

  mutating func drawn(title: String) -> String {
    for y in 0..<frame.size.height {
      for run in runs(in: y) {
        ground(run, y)
        shapes(run, y)
        text(run, y)
      }
    }
    let width = Double(frame.size.width) * CellMetrics.width + 2 * Double(Self.margin)
    let height = Double(frame.size.height) * CellMetrics.height + Double(Self.bar + Self.margin)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
      viewBox="0 0 \(number(width)) \(number(height))" role="img">
      <title>\(escaped(title))</title>
      <style>
      text{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;\
      font-size:\(number(CellMetrics.fontSize))px;white-space:pre}
      \(styles)
      </style>
      <rect x="0.5" y="0.5" width="\(number(width - 1))" height="\(number(height - 1))" rx="8" \
      fill="\(theme[.text].ground.hexadecimal)" stroke="\(theme[.border].foreground.hexadecimal)"/>
      <g fill="\(theme[.muted].foreground.hexadecimal)" fill-opacity="0.5">\
      <circle cx="18" cy="14" r="5"/><circle cx="36" cy="14" r="5"/><circle cx="54" cy="14" r="5"/></g>
      <g transform="translate(\(Self.margin) \(Self.bar))">
      \(body)</g>
      </svg>

      """
  }

  /// A class for each role, so that a run carries two letters instead of its colours.
  private var styles: String {
    CellRole.allCases.map { role in
      let style = theme[role]
      let bold = style.emphasis.contains(.bold) ? ";font-weight:bold" : ""
      let line = style.emphasis.contains(.underline) ? ";text-decoration:underline" : ""
      return ".r\(role.rawValue){fill:\(style.foreground.hexadecimal)\(bold)\(line)}"
    }.joined(separator: "\n")
  }

  /// Neighbouring cells of one role.
  private func runs(in y: Int) -> [(role: CellRole, columns: Range<Int>)] {
    var runs: [(role: CellRole, columns: Range<Int>)] = []
    for x in 0..<frame.size.width {
      let role = frame[x, y].role
      if let last = runs.last, last.role == role {
        runs[runs.count - 1].columns = last.columns.lowerBound..<(x + 1)
      } else {
        runs.append((role, x..<(x + 1)))
      }
    }
    return runs
  }

  private mutating func ground(_ run: (role: CellRole, columns: Range<Int>), _ y: Int) {
    let ground = theme[run.role].ground
    guard ground != theme[.text].ground else { return }
    let x = Double(run.columns.lowerBound) * CellMetrics.width
    body += """
      <rect x="\(number(x))" y="\(number(Double(y) * CellMetrics.height))" \
      width="\(number(Double(run.columns.count) * CellMetrics.width))" \
      height="\(number(CellMetrics.height))" fill="\(ground.hexadecimal)"/>

      """
  }

  private mutating func shapes(_ run: (role: CellRole, columns: Range<Int>), _ y: Int) {
    var lines = ""
    var blocks = ""
    var x = run.columns.lowerBound
    while x < run.columns.upperBound {
      let start = x
      x += 1
      let glyph = frame[start, y].glyph
      guard let shape = CellShape(glyph.base) else { continue }
      while shape.reachesAcross, x < run.columns.upperBound, frame[x, y].glyph == glyph { x += 1 }
      let path = shape.path(columns: start..<x, row: y)
      if shape.isFilled { blocks += path } else { lines += path }
    }
    let colour = theme[run.role].foreground.hexadecimal
    if !lines.isEmpty {
      body += "<path d=\"\(lines)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"1.2\"/>\n"
    }
    if !blocks.isEmpty {
      body += "<path d=\"\(blocks)\" fill=\"\(colour)\" shape-rendering=\"crispEdges\"/>\n"
    }
  }

  /// Words stay where their cells are: each stretch without two blanks or a shape in it has its
  /// own place and exact length.
  private mutating func text(_ run: (role: CellRole, columns: Range<Int>), _ y: Int) {
    var start: Int?
    for x in run.columns.lowerBound...run.columns.upperBound {
      let isText = x < run.columns.upperBound && isText(x, y, in: run.columns)
      if isText, start == nil { start = x }
      if !isText, let from = start {
        stretch(from..<x, y, run.role)
        start = nil
      }
    }
  }

  /// A single blank between words belongs to the text.
  private func isText(_ x: Int, _ y: Int, in columns: Range<Int>) -> Bool {
    let cell = frame[x, y]
    if cell.isContinuation { return true }
    guard cell.glyph == .blank else { return CellShape(cell.glyph.base) == nil }
    return x > columns.lowerBound && x + 1 < columns.upperBound && isInk(x - 1, y)
      && isInk(x + 1, y)
  }

  private func isInk(_ x: Int, _ y: Int) -> Bool {
    let cell = frame[x, y]
    return cell.isContinuation || cell.glyph != .blank && CellShape(cell.glyph.base) == nil
  }

  private mutating func stretch(_ columns: Range<Int>, _ y: Int, _ role: CellRole) {
    var text = ""
    for x in columns where !frame[x, y].isContinuation { frame[x, y].glyph.write(to: &text) }
    let x = number(Double(columns.lowerBound) * CellMetrics.width)
    let baseline = number(Double(y) * CellMetrics.height + CellMetrics.baseline)
    let length = number(Double(columns.count) * CellMetrics.width)
    body += """
      <text class="r\(role.rawValue)" x="\(x)" y="\(baseline)" textLength="\(length)" \
      lengthAdjust="spacingAndGlyphs">\(escaped(text))</text>

      """
  }
}

/// The text with the characters that XML gives a meaning spelled out.
private nonisolated func escaped(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}
