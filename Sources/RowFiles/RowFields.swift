import Events
import JSON

/// The members of a line, each checked as it is asked for.
struct RowFields {
  private let line: JSONValue

  init(_ line: JSONValue) { self.line = line }

  private static let version = 1

  func expectFormat(_ key: String) throws(OutputLineProblem) {
    guard let text = line[key]?.text, line[key]?.kind == .number, let version = Int(text) else {
      throw .field(key, expected: "1")
    }
    guard version == Self.version else { throw .otherFormat(version) }
  }

  func has(_ key: String) -> Bool { line[key].map { $0.kind != .null } ?? false }

  func text(_ key: String) throws(OutputLineProblem) -> String {
    guard let text = line[key]?.string else { throw .field(key, expected: "a string") }
    return text
  }

  /// Nil where there is no string.
  func optionalText(_ key: String) -> String? { line[key]?.string }

  func texts(_ key: String) throws(OutputLineProblem) -> [String] {
    guard has(key) else { return [] }
    var texts: [String] = []
    for element in try list(key) {
      guard let text = element.string else { throw .field(key, expected: "a list of strings") }
      texts.append(text)
    }
    return texts
  }

  func whole(_ key: String) throws(OutputLineProblem) -> Int64 {
    guard let value = line[key], value.kind == .number, let text = value.text,
      case .whole(let whole)? = Number(Text(text))
    else { throw .field(key, expected: "a whole number") }
    return whole
  }

  /// Seconds since 1970, cut to whole ones.
  func time(_ key: String) throws(OutputLineProblem) -> Timestamp {
    guard let value = line[key], let time = Self.time(value) else {
      throw .field(key, expected: "seconds since 1970")
    }
    return time
  }

  func window() throws(OutputLineProblem) -> Window {
    let ends = try list("window").map(Self.time)
    guard ends.count == 2, let start = ends[0], let end = ends[1],
      Window(containing: start).start == start, Window(start: start).end == end
    else { throw .field("window", expected: "the ends of an hour that begins at minute 50") }
    return Window(start: start)
  }

  func key() throws(OutputLineProblem) -> [Value] {
    var key: [Value] = []
    for element in try list("key") { key.append(try Self.field(element, of: "key")) }
    return key
  }

  func isWithdrawn() throws(OutputLineProblem) -> Bool {
    switch line["withdrawn"]?.kind {
    case nil, .null?, .false?: false
    case .true?: true
    default: throw .field("withdrawn", expected: "true")
    }
  }

  func columns() throws(OutputLineProblem) -> (names: [Text], values: [Value]) {
    var names: [Text] = []
    var values: [Value] = []
    for column in try list("columns") {
      let pair = Array(column.elements)
      guard pair.count == 2, let name = pair[0].string else {
        throw .field("columns", expected: "a list of [name, value]")
      }
      names.append(Text(name))
      values.append(try Self.field(pair[1], of: name))
    }
    return (names, values)
  }

  func sample() throws(OutputLineProblem) -> [Text: Value] {
    guard has("sample") else { return [:] }
    guard let sample = line["sample"], sample.kind == .object else {
      throw .field("sample", expected: "an object")
    }
    var fields: [Text: Value] = [:]
    for member in sample.members {
      let value = try Self.field(member.value, of: member.name)
      if !value.isNull { fields[Text(member.name)] = value }
    }
    return fields
  }

  func records() throws(OutputLineProblem) -> [[UInt8]] {
    try texts("records").map { Array($0.utf8) }
  }

  private func list(_ key: String) throws(OutputLineProblem) -> [JSONValue] {
    guard let value = line[key], value.kind == .array else {
      throw .field(key, expected: "a list")
    }
    return Array(value.elements)
  }

  private static func time(_ value: JSONValue) -> Timestamp? {
    guard value.kind == .number, let text = value.text, let seconds = Double(text),
      abs(seconds) < lastSecond
    else { return nil }
    return Timestamp(seconds: Int64(seconds.rounded(.down)))
  }

  /// The end of the year 9999.
  private static let lastSecond = 253_402_300_800.0

  /// The value of a field: text, number, null, or a list of such.
  private static func field(
    _ value: JSONValue, of name: String, isInList: Bool = false
  ) throws(OutputLineProblem) -> Value {
    switch value.kind {
    case .null: return .null
    case .string, .true, .false: return value.text.map { .string($0) } ?? .null
    case .number:
      guard let number = value.text.flatMap({ Number(Text($0)) }) else {
        throw .field(name, expected: "a number that can be kept")
      }
      return .number(number)
    case .array where !isInList:
      var values: [Value] = []
      for element in value.elements {
        let one = try field(element, of: name, isInList: true)
        if !one.isNull { values.append(one) }
      }
      return Value(values)
    case .array, .object: throw .field(name, expected: "text, a number, null or a list of these")
    }
  }
}
