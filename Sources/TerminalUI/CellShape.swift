/// Cells of a picture, in its units.
nonisolated enum CellMetrics {
  static let width = 8.0
  static let height = 18.0
  static let fontSize = 13.3
  static let baseline = 13.5
}

/// A glyph that is drawn rather than set: lines of boxes meet and blocks fill their cell only so,
/// whatever the viewer's font has.
nonisolated struct CellShape {
  /// Which halves of the cell's two axes a line takes.
  private struct Arms: OptionSet {
    let rawValue: UInt8
    static let left = Arms(rawValue: 1)
    static let right = Arms(rawValue: 2)
    static let up = Arms(rawValue: 4)
    static let down = Arms(rawValue: 8)
  }

  private enum Kind {
    case lines(Arms)
    /// A rounded corner: the two arms that it joins.
    case corner(Arms)
    /// Eighths of the cell, from below and from the left.
    case lower(Int)
    case left(Int)
  }

  private let kind: Kind

  /// Nil for a glyph that a font draws well.
  init?(_ base: UInt32) {
    switch base {
    case 0x2581...0x2588: kind = .lower(Int(base - 0x2580))
    case 0x2589...0x258F: kind = .left(Int(0x2590 - base))
    default:
      guard let kind = Self.boxes[base] else { return nil }
      self.kind = kind
    }
  }

  private static let boxes: [UInt32: Kind] = [
    0x2500: .lines([.left, .right]), 0x2502: .lines([.up, .down]),
    0x250C: .lines([.right, .down]), 0x2510: .lines([.left, .down]),
    0x2514: .lines([.right, .up]), 0x2518: .lines([.left, .up]),
    0x251C: .lines([.up, .down, .right]), 0x2524: .lines([.up, .down, .left]),
    0x252C: .lines([.left, .right, .down]), 0x2534: .lines([.left, .right, .up]),
    0x253C: .lines([.left, .right, .up, .down]),
    0x256D: .corner([.right, .down]), 0x256E: .corner([.left, .down]),
    0x256F: .corner([.left, .up]), 0x2570: .corner([.right, .up]),
  ]

  /// Bars leave some air between the lines of a table: where they begin, and the height of a full
  /// one.
  private static let barTop = 3.0
  private static let bar = CellMetrics.height - 5

  /// Whether the path is filled rather than stroked.
  var isFilled: Bool {
    switch kind {
    case .lines, .corner: false
    case .lower, .left: true
    }
  }

  /// Whether the same shape in neighbouring cells is one long shape.
  var reachesAcross: Bool {
    switch kind {
    case .lines(let arms): arms == [.left, .right]
    case .lower: true
    case .corner, .left: false
    }
  }

  /// The path of the shape in a cell, or over several where it reaches across.
  func path(columns: Range<Int>, row: Int) -> String {
    let width = Double(columns.count) * CellMetrics.width
    let (x, y) = (
      Double(columns.lowerBound) * CellMetrics.width, Double(row) * CellMetrics.height
    )
    switch kind {
    case .lines(let arms): return lines(arms, x, y, width)
    case .corner(let arms): return corner(arms, x, y)
    case .lower(let eighths):
      let part = Self.bar * Double(eighths) / 8
      return rectangle(x, y + Self.barTop + Self.bar - part, width, part)
    case .left(let eighths):
      return rectangle(x, y + Self.barTop, width * Double(eighths) / 8, Self.bar)
    }
  }

  private func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    "M\(number(x)) \(number(y))h\(number(width))v\(number(height))h\(number(-width))z"
  }

  private func lines(_ arms: Arms, _ x: Double, _ y: Double, _ width: Double) -> String {
    let (middle, centre) = (x + CellMetrics.width / 2, y + CellMetrics.height / 2)
    var path = ""
    if !arms.isDisjoint(with: [.left, .right]) {
      let from = arms.contains(.left) ? x : middle
      let to = arms.contains(.right) ? x + width : middle
      path += "M\(number(from)) \(number(centre))H\(number(to))"
    }
    if !arms.isDisjoint(with: [.up, .down]) {
      let from = arms.contains(.up) ? y : centre
      let to = arms.contains(.down) ? y + CellMetrics.height : centre
      path += "M\(number(middle)) \(number(from))V\(number(to))"
    }
    return path
  }

  private func corner(_ arms: Arms, _ x: Double, _ y: Double) -> String {
    let (middle, centre) = (x + CellMetrics.width / 2, y + CellMetrics.height / 2)
    let side = arms.contains(.left) ? x : x + CellMetrics.width
    let end = arms.contains(.up) ? y : y + CellMetrics.height
    return "M\(number(side)) \(number(centre))"
      + "Q\(number(middle)) \(number(centre)) \(number(middle)) \(number(end))"
  }
}

/// A number as SVG has it, with at most two digits after the point.
nonisolated func number(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let sign = hundredths < 0 ? "-" : ""
  let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
  guard rest != 0 else { return "\(sign)\(whole)" }
  return rest % 10 == 0
    ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
}
