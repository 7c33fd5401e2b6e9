import Events
import Foundation
import JSON
import SPL
import Streaming

/// The functions of numbers, times, JSON texts and addresses.
extension NaiveExpressions {
  func number(_ function: EvalFunction, _ values: [Value]) -> Found? {
    let known: Set<EvalFunction> = [
      .round, .floor, .ceiling, .pow, .sqrt, .abs, .exp, .ln, .log,
    ]
    guard known.contains(function) else { return nil }
    let numbers = values.compactMap(\.number)
    guard numbers.count == values.count, let first = numbers.first else { return .plain(.null) }
    if case .whole(let whole) = first, [.round, .floor, .ceiling, .abs].contains(function) {
      return .plain(.number(.whole(function == .abs ? abs(whole) : whole)))
    }
    let x = first.double
    let y = numbers.count > 1 ? numbers[1].double : nil
    let result: Double =
      switch function {
      case .round: Self.rounded(x, places: max(0, Int(y ?? 0))).double
      case .floor: Foundation.floor(x)
      case .ceiling: Foundation.ceil(x)
      case .pow: Foundation.pow(x, y ?? 1)
      case .sqrt: x < 0 ? .nan : Foundation.sqrt(x)
      case .abs: Swift.abs(x)
      case .exp: Foundation.exp(x)
      case .ln: x > 0 ? Foundation.log(x) : .nan
      default: logarithm(x, y ?? 10)
      }
    return .plain(result.isFinite ? .number(Number(result)) : .null)
  }

  private func logarithm(_ x: Double, _ base: Double) -> Double {
    guard x > 0, base > 0, base != 1 else { return .nan }
    return base == 10 ? log10(x) : base == 2 ? log2(x) : Foundation.log(x) / Foundation.log(base)
  }

  /// By Foundation's notation, place after place.
  func printed(_ given: [Found]) -> Value {
    guard let format = given[0].operand.text?.string else { return .null }
    var rest = given.dropFirst()
    var result = ""
    var end = 0
    for match in NaiveConditions.found(format, #"%([-+ #0]*[\d]*)(\.\d*)?([a-zA-Z%])"#) {
      func group(_ index: Int) -> String {
        NaiveConditions.group(index, of: match, in: format) ?? ""
      }
      result += (format as NSString).substring(
        with: NSRange(location: end, length: match.range.location - end))
      end = match.range.location + match.range.length
      guard group(3) != "%" else {
        result += "%"
        continue
      }
      guard let value = rest.popFirst()?.operand else { return .null }
      switch group(3) {
      case "s":
        guard var text = value.text?.string else { return .null }
        if let most = Int(group(2).dropFirst()) { text = String(text.prefix(most)) }
        let isLeft = group(1).contains("-")
        while text.count < abs(Int(group(1)) ?? 0) { text = isLeft ? text + " " : " " + text }
        result += text
      case "e", "E", "f", "F", "g", "G":
        guard let number = value.number?.double else { return .null }
        result += String(format: "%" + group(1) + group(2) + group(3), number)
      default:
        guard let number = value.number?.double else { return .null }
        result += String(format: "%" + group(1) + group(2) + "l" + group(3), Int(number))
      }
    }
    return .string(result + (format as NSString).substring(from: end))
  }

  /// Of angles and bits; nil for others.
  func angle(_ function: EvalFunction, _ values: [Value]) -> Value? {
    let plain: [EvalFunction: (Double) -> Double] = [
      .sin: Foundation.sin, .cos: Foundation.cos, .tan: Foundation.tan, .asin: Foundation.asin,
      .acos: Foundation.acos, .atan: Foundation.atan, .sinh: Foundation.sinh,
      .cosh: Foundation.cosh, .tanh: Foundation.tanh,
    ]
    let numbers = values.compactMap(\.number)
    if function == .exact { return numbers.first.map(Value.number) ?? .null }
    if let compute = plain[function] {
      guard let x = numbers.first.map({ compute($0.double) }), x.isFinite else { return .null }
      return .number(Number(x))
    }
    switch function {
    case .atan2, .hypot:
      guard numbers.count == 2 else { return .null }
      let (x, y) = (numbers[0].double, numbers[1].double)
      return .number(Number(function == .hypot ? Foundation.hypot(x, y) : Foundation.atan2(x, y)))
    case .bitAnd, .bitOr, .bitXor:
      let whole = numbers.compactMap { Int64(exactly: $0.double) }.filter { $0 >= 0 }
      guard whole.count == values.count else { return .null }
      let all = whole.dropFirst().reduce(whole[0]) { known, one in
        function == .bitAnd ? known & one : function == .bitOr ? known | one : known ^ one
      }
      return .number(.whole(all))
    case .ipmask:
      let both = values.compactMap { Self.address($0.text?.string ?? "") }
      guard both.count == 2, both.allSatisfy({ $0.count == 4 }) else { return .null }
      return .string((0..<4).map { String(both[0][$0] & both[1][$0]) }.joined(separator: "."))
    default: return nil
    }
  }

  func other(_ function: EvalFunction, _ given: [Found]) throws -> Found {
    let values = given.map(\.operand)
    let texts = values.compactMap(\.text?.string)
    switch function {
    case .strftime:
      guard let seconds = values[0].number?.double else { return .plain(.null) }
      return .plain(.string(try NaiveTimes.written(seconds, texts[1])))
    case .strptime: return .plain(try NaiveTimes.read(texts[0], texts[1]))
    case .relativeTime:
      guard let seconds = values[0].number?.double, let steps = RelativeTime(texts[1])?.steps else {
        return .plain(.null)
      }
      let moved = steps.reduce(Date(timeIntervalSince1970: seconds.rounded(.down))) {
        NaiveTimes.moved($0, $1)
      }
      return .plain(.number(.whole(Int64(moved.timeIntervalSince1970))))
    case .spath, .jsonExtract:
      let documents = values[0].each.compactMap {
        try? JSONDocument(Array(($0.text?.string ?? "").utf8))
      }
      guard texts.count == 2 else {
        throw NaiveSearch.Gap(what: "json_extract of other than a path")
      }
      let found = documents.flatMap { JSONPath(texts[1]).values(in: $0.root) }
      return .plain(Value(found.compactMap { $0.text.map(Value.string) }))
    case .jsonValid: return .truth((try? JSONDocument(Array(texts[0].utf8))) != nil)
    default: throw NaiveSearch.Gap(what: function.rawValue)
    }
  }

  // MARK: Addresses

  /// The bytes of an address as the C library reads it.
  static func address(_ text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
    return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
  }

  /// Nil where the block is none.
  static func isInside(_ block: String, _ text: String) -> Bool? {
    let parts = block.components(separatedBy: "/")
    guard let base = address(parts[0]), let bits = parts.count > 1 ? Int(parts[1]) : base.count * 8
    else { return nil }
    guard let address = address(text), address.count == base.count else { return false }
    return (0..<bits).allSatisfy { bit in
      (base[bit / 8] ^ address[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
    }
  }
}
