import Digest
import Events
import Foundation
import SPL
import Streaming

/// The functions of texts and of several values.
extension NaiveExpressions {
  func called(_ function: EvalFunction, _ given: [Found]) throws -> Found {
    let values = given.map(\.value)
    switch function {
    case .coalesce: return given.first { !$0.isNull } ?? .plain(.null)
    case .isnull: return .truth(given[0].isNull)
    case .isnotnull: return .truth(!given[0].isNull)
    case .isnum: return .truth(given[0].operand.number != nil)
    case .isint:
      if case .whole? = given[0].operand.number { return .truth(true) }
      return .truth(false)
    case .isstr: return .truth(!given[0].operand.isNull && given[0].operand.number == nil)
    case .isbool:
      guard case .truth = given[0] else { return .truth(false) }
      return .truth(true)
    case .typeof:
      if case .truth = given[0] { return .plain("Boolean") }
      if given[0].isNull { return .plain("Null") }
      return .plain(values[0].number == nil ? "String" : "Number")
    case .mvappend: return .plain(Value(values.flatMap(\.each)))
    case .min, .max:
      let all = values.flatMap(\.each)
      let numbers = all.compactMap(\.number).sorted().map(Value.number)
      let texts = all.filter { $0.number == nil }.compactMap(\.text).sorted().map(Value.text)
      let ranked = numbers + texts
      return .plain((function == .min ? ranked.first : ranked.last) ?? .null)
    case .pi: return .plain(.number(Number(Double.pi)))
    case .printf: return .plain(printed(given))
    case .now, .time: return .plain(search.now(row) ?? .null)
    case .nullif:
      if given.contains(where: \.isNull) { return given[0] }
      let equal = try truth(.compare(.field("a"), .equal, .field("b")), a: values[0], b: values[1])
      return equal == true ? .plain(.null) : given[0]
    default: break
    }
    if given.contains(where: \.isNull) { return .plain(.null) }
    if let found = angle(function, values) { return .plain(found) }
    return try text(function, given) ?? several(function, values) ?? number(function, values)
      ?? other(function, given)
  }

  private func truth(_ expression: SPL.Expression, a: Value, b: Value) throws -> Bool? {
    let row = NaiveSearch.Row(fields: ["a": a, "b": b])
    return try NaiveExpressions(search, row).truth(expression)
  }

  // MARK: Texts

  private func text(_ function: EvalFunction, _ given: [Found]) throws -> Found? {
    guard let text = given.first?.operand.text?.string else {
      return function == .tostring ? .plain(given[0].value) : nil
    }
    let second = given.count > 1 ? given[1].operand : .null
    let string: String
    switch function {
    case .len: return .plain(.number(.whole(Int64(text.unicodeScalars.count))))
    case .lower: string = text.lowercased()
    case .upper: string = text.uppercased()
    case .trim, .ltrim, .rtrim:
      let set =
        "[" + NSRegularExpression.escapedPattern(for: second.text?.string ?? " \t\n\r") + "]*"
      var rest = text
      if function != .rtrim { rest = Self.replaced(rest, "\\A\(set)", "") { $0 == 0 } }
      if function != .ltrim { rest = Self.replaced(rest, "\(set)\\z", "") { $0 == 0 } }
      string = rest
    case .substr:
      let scalars = Array(text.unicodeScalars)
      guard let start = second.number.map({ Int($0.double) }) else { return .plain(.null) }
      let first = start < 0 ? max(0, scalars.count + start) : max(0, start - 1)
      var part = scalars.dropFirst(first)
      if given.count > 2 {
        guard let length = given[2].operand.number else { return .plain(.null) }
        part = part.prefix(max(0, Int(length.double)))
      }
      string = String(String.UnicodeScalarView(part))
    case .urldecode: string = text.removingPercentEncoding ?? loosely(text)
    case .md5, .sha1, .sha256, .sha512:
      let names: [EvalFunction: HashFunction] = [
        .md5: .md5, .sha1: .sha1, .sha256: .sha256, .sha512: .sha512,
      ]
      guard let hash = names[function] else { return nil }
      string = hash.digest(of: Array(text.utf8)).map { String(format: "%02x", $0) }.joined()
    case .match:
      let pattern = second.text?.string ?? ""
      return .truth(
        given[0].value.each.compactMap(\.text?.string).contains {
          NaiveConditions.matches($0, pattern)
        })
    case .cidrmatch:
      let all = second.each.compactMap { Self.isInside(text, $0.text?.string ?? "") }
      return all.isEmpty ? .plain(.null) : .truth(all.contains(true))
    case .replace:
      guard let with = given[2].operand.text?.string else { return .plain(.null) }
      let template = with.replacingOccurrences(of: "$", with: "\\$")
        .replacingOccurrences(of: "\\\\([0-9])", with: "\\$$1", options: .regularExpression)
      string = Self.replaced(text, second.text?.string ?? "", template) { _ in true }
    case .tonumber: return .plain(tonumber(given[0].operand, base: second.number))
    case .tostring: return .plain(tostring(given[0].operand, second.text?.string))
    default: return nil
    }
    return .plain(.string(string))
  }

  private func loosely(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.count == 2, let code = UInt8(digits, radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The matches whose number, from 0, is wanted, replaced by a template with `$1`.
  static func replaced(
    _ text: String, _ pattern: String, _ template: String, _ isWanted: (Int) -> Bool
  ) -> String {
    var result = text
    for (index, match) in NaiveConditions.found(text, pattern).enumerated().reversed()
    where isWanted(index) {
      let regex = match.regularExpression
      let with = regex?.replacementString(for: match, in: text, offset: 0, template: template)
      result = (result as NSString).replacingCharacters(in: match.range, with: with ?? "")
    }
    return result
  }

  private func tonumber(_ value: Value, base: Number?) -> Value {
    guard let base, base != .whole(10) else { return value.number.map(Value.number) ?? .null }
    var digits = value.text?.string.lowercased() ?? ""
    if base == .whole(16), digits.hasPrefix("0x") { digits.removeFirst(2) }
    return Int64(digits, radix: Int(base.double)).map { .number(.whole($0)) } ?? .null
  }

  private func tostring(_ value: Value, _ format: String?) -> Value {
    guard let format else { return Value(value.each.compactMap { $0.text.map(Value.text) }) }
    guard let number = value.number else { return .null }
    switch format {
    case "hex":
      guard case .whole(let whole) = number else { return .null }
      return .string("0x" + String(UInt64(bitPattern: whole), radix: 16).uppercased())
    case "commas":
      let isWhole = if case .whole = number { true } else { false }
      let rounded = isWhole ? number.double : Self.rounded(number.double, places: 2).double
      let parts = String(format: isWhole ? "%.0f" : "%.2f", rounded).components(separatedBy: ".")
      let grouped = parts[0].replacingOccurrences(
        of: #"(?<=\d)(?=(\d{3})+$)"#, with: ",", options: .regularExpression)
      return .string(([grouped] + parts.dropFirst()).joined(separator: "."))
    default:
      let seconds = Int(number.double.rounded(.down))
      guard seconds >= 0 else { return .null }
      let clock = String(
        format: "%02d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
      return .string(seconds >= 86400 ? "\(seconds / 86400)+\(clock)" : clock)
    }
  }

  // MARK: Several values

  private func several(_ function: EvalFunction, _ values: [Value]) -> Found? {
    let each = values.first?.each ?? []
    let texts = each.compactMap(\.text)
    func place(_ index: Int) -> Int? {
      values[index].number.map { Int($0.double) }.map { $0 < 0 ? $0 + each.count : $0 }
    }
    switch function {
    case .mvcount: return .plain(.number(.whole(Int64(each.count))))
    case .mvindex:
      guard let first = place(1), each.indices.contains(first) else { return .plain(.null) }
      guard values.count > 2 else { return .plain(each[first]) }
      guard let last = place(2), last >= first else { return .plain(.null) }
      return .plain(Value(Array(each[first...min(last, each.count - 1)])))
    case .mvjoin:
      return .plain(.string(texts.map(\.string).joined(separator: values[1].text?.string ?? "")))
    case .mvzip:
      let delimiter = values.count > 2 ? values[2].text?.string ?? "" : ","
      let pairs = zip(texts, values[1].each.compactMap(\.text))
      return .plain(Value(pairs.map { .string($0.string + delimiter + $1.string) }))
    case .mvdedup:
      return .plain(
        Value(each.indices.filter { texts.firstIndex(of: texts[$0]) == $0 }.map { each[$0] }))
    case .mvsort: return .plain(Value(each.sorted { ($0.text ?? "") < ($1.text ?? "") }))
    case .mvfind:
      let pattern = values[1].text?.string ?? ""
      let index = texts.firstIndex { NaiveConditions.matches($0.string, pattern) }
      return .plain(index.map { .number(.whole(Int64($0))) } ?? .null)
    case .mvrange:
      let numbers = values.compactMap(\.number?.double)
      guard numbers.count == values.count, numbers.count < 3 || numbers[2] != 0 else {
        return .plain(.null)
      }
      var list: [Value] = []
      var next = numbers[0]
      let step = numbers.count > 2 ? numbers[2] : 1
      while step > 0 ? next < numbers[1] : next > numbers[1] {
        list.append(.number(Number(next)))
        next += step
      }
      return .plain(Value(list))
    case .split:
      let (text, delimiter) = (values[0].text?.string ?? "", values[1].text?.string ?? "")
      let parts =
        delimiter.isEmpty
        ? text.unicodeScalars.map { String($0) } : text.components(separatedBy: delimiter)
      return .plain(Value(parts.map(Value.string)))
    default: return nil
    }
  }
}
