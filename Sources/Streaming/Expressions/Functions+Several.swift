import Events
import SPL

extension Functions {
  /// Functions of several values; nil for others.
  static func several(_ function: EvalFunction, _ arguments: [Datum]) -> Datum? {
    let values = arguments.first?.each ?? []
    switch function {
    case .mvcount: return .whole(values.count)
    case .mvindex: return index(values, arguments)
    case .mvjoin:
      guard let delimiter = arguments[1].text else { return .null }
      return .string(values.compactMap(\.text?.string).joined(separator: delimiter.string))
    case .mvzip: return zipped(values, arguments)
    case .mvdedup:
      var seen: Set<Text> = []
      return .value(Value(values.filter { $0.text.map { seen.insert($0).inserted } ?? false }))
    case .mvsort:
      return .value(Value(values.sorted { ($0.text ?? "") < ($1.text ?? "") }))
    case .mvrange: return range(arguments)
    case .split: return split(arguments)
    default: return nil
    }
  }

  /// From 0; from the end where negative; with a second index all up to and with that.
  private static func index(_ values: [Value], _ arguments: [Datum]) -> Datum {
    guard var first = arguments[1].wholeNumber else { return .null }
    if first < 0 { first += values.count }
    var last = first
    if arguments.count > 2 {
      guard let second = arguments[2].wholeNumber else { return .null }
      last = second < 0 ? second + values.count : second
    }
    guard first >= 0, first < values.count, last >= first else { return .null }
    if arguments.count == 2 { return .value(values[first]) }
    return .value(Value(Array(values[first...min(last, values.count - 1)])))
  }

  private static func zipped(_ values: [Value], _ arguments: [Datum]) -> Datum {
    let delimiter = arguments.count > 2 ? arguments[2].text ?? "," : ","
    let pairs = zip(values, arguments[1].each).map { one, other in
      Value.string(
        (one.text?.string ?? "") + delimiter.string + (other.text?.string ?? ""))
    }
    return .value(Value(pairs))
  }

  /// More numbers than this are no list that a row should hold.
  private static let longestRange = 100_000

  private static func range(_ arguments: [Datum]) -> Datum {
    guard let start = arguments[0].number?.double, let end = arguments[1].number?.double,
      let step = arguments.count > 2 ? arguments[2].number?.double : 1, step != 0,
      (end - start) / step < Double(longestRange)
    else { return .null }
    let numbers = stride(from: start, to: end, by: step).map { Value.number(Number($0)) }
    return .value(Value(numbers))
  }

  private static func split(_ arguments: [Datum]) -> Datum {
    guard let text = arguments[0].text, let delimiter = arguments[1].text else { return .null }
    return .value(Value(text.split(by: delimiter).map(Value.text)))
  }
}

extension Text {
  /// The parts between delimiters, empty ones too; an empty delimiter gives each character.
  func split(by delimiter: Text) -> [Text] {
    guard !delimiter.isEmpty else { return string.unicodeScalars.map { Text(String($0)) } }
    let bytes = Array(string.utf8)
    let mark = Array(delimiter.string.utf8)
    var parts: [Text] = []
    var start = 0
    var index = 0
    while index + mark.count <= bytes.count {
      if bytes[index] == mark[0], bytes[index..<index + mark.count].elementsEqual(mark) {
        parts.append(Text(utf8: bytes[start..<index]))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [Text(utf8: bytes[start...])]
  }
}
