/// Small pictures of numbers, made of block characters or of ASCII.
package enum Bars {
  /// A bar of a value out of `full`, in eighths of a cell; a value above 0 shows at least one.
  package static func bar(_ value: Int, of full: Int, width: Int, isASCII: Bool) -> String {
    guard value > 0, full > 0, width > 0 else { return "" }
    let share = min(1, Double(value) / Double(full))
    if isASCII {
      return String(repeating: "#", count: max(1, Int((share * Double(width)).rounded())))
    }
    let eighths = max(1, Int((share * Double(width * 8)).rounded()))
    let rest = eighths % 8
    return String(repeating: "█", count: eighths / 8) + (rest == 0 ? "" : parts[rest - 1])
  }

  /// A column for each value, the highest as high as the line; 0 is the base line.
  ///
  /// More values than cells are summed up in groups, the last group the newest values.
  package static func sparkline(_ values: [Int], width: Int, isASCII: Bool) -> String {
    let shown = grouped(values, into: width)
    guard let highest = shown.max() else { return "" }
    let steps = isASCII ? asciiHeights : heights
    return shown.map { value in
      guard value > 0, highest > 0 else { return steps[0] }
      let step = (Double(value) / Double(highest) * Double(steps.count - 1)).rounded()
      return steps[max(1, Int(step))]
    }.joined()
  }

  private static func grouped(_ values: [Int], into width: Int) -> [Int] {
    guard width > 0, !values.isEmpty else { return [] }
    let group = (values.count + width - 1) / width
    guard group > 1 else { return values }
    var sums: [Int] = []
    var end = values.count
    while end > 0 {
      sums.append(values[max(0, end - group)..<end].reduce(0, +))
      end -= group
    }
    return sums.reversed()
  }

  private static let parts = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let heights = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let asciiHeights = ["_", ".", ":", "-", "=", "+", "*", "#"]
}
