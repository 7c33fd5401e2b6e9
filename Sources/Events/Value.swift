/// What a field of an event or a row holds.
public enum Value: Hashable, Sendable {
  /// No value: the field is absent. Not the same as empty text.
  case null
  case text(Text)
  /// A number that a command computed; a number in a record stays the text it was written as.
  case number(Number)
  /// Two values or more, in order; none of them null or itself many (see `init(_:)`).
  case many([Value])

  /// None is null, one is itself, more are many.
  public init(_ values: [Value]) {
    switch values.count {
    case 0: self = .null
    case 1: self = values[0]
    default: self = .many(values)
    }
  }

  /// One value of text.
  public static func string(_ string: String) -> Value { .text(Text(string)) }

  /// Whether the field is absent.
  public var isNull: Bool { self == .null }

  /// The values one by one: none for null.
  public var each: [Value] {
    switch self {
    case .null: []
    case .many(let values): values
    default: [self]
    }
  }

  /// The text of one value: a number as it is printed, many joined by a line feed, null nil.
  public var text: Text? {
    switch self {
    case .null: nil
    case .text(let text): text
    case .number(let number): Text(number.description)
    case .many(let values): Text(values.compactMap(\.text?.string).joined(separator: "\n"))
    }
  }

  /// The number that this value is or whose notation its text is.
  public var number: Number? {
    switch self {
    case .number(let number): number
    case .text(let text): Number(text)
    default: nil
    }
  }
}

extension Value: ExpressibleByStringLiteral {
  /// One value of text.
  public init(stringLiteral value: String) { self = .text(Text(value)) }
}

/// A number as SPL computes with it: whole while it can be, else binary floating point.
public enum Number: Hashable, Sendable {
  case whole(Int64)
  /// Never a value that `whole` could hold exactly, never a NaN.
  case real(Double)

  /// The number of a double that is no NaN: whole where it is one.
  public init(_ value: Double) {
    if let whole = Int64(exactly: value) {
      self = .whole(whole)
    } else {
      self = .real(value)
    }
  }

  /// Reads `12`, `-3.5`, `6.02e23`; nil for anything else, white space and `0x10` included.
  public init?(_ text: Text) {
    let string = text.string
    guard let first = string.utf8.first,
      string.utf8.allSatisfy({
        ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2b || $0 == 0x2d || $0 == 0x2e || $0 == 0x45
          || $0 == 0x65
      }), first != 0x45, first != 0x65
    else { return nil }
    if let whole = Int64(string) {
      self = .whole(whole)
      return
    }
    guard let real = Double(string), real.isFinite else { return nil }
    self.init(real)
  }

  /// The nearest binary floating point number.
  public var double: Double {
    switch self {
    case .whole(let whole): Double(whole)
    case .real(let real): real
    }
  }
}

extension Number: Comparable {
  /// Compares by size.
  public static func < (left: Number, right: Number) -> Bool {
    switch (left, right) {
    case (.whole(let left), .whole(let right)): left < right
    default: left.double < right.double
    }
  }
}

extension Number: CustomStringConvertible {
  /// `3`, `0.25`, `0.00001`: an exponent only below a millionth and from 10 to the 21st on.
  public var description: String {
    switch self {
    case .whole(let whole): return String(whole)
    case .real(let real):
      let shortest = real.description
      let size = abs(real)
      guard size >= 1e-6, size < 1e21, let e = shortest.firstIndex(of: "e"),
        let exponent = Int(shortest[shortest.index(after: e)...])
      else { return shortest }
      return Number.spelledOut(shortest[..<e], exponent: exponent)
    }
  }

  /// `-1.2` and -5 as `-0.000012`; `1.5` and 19 as `15000000000000000000`.
  private static func spelledOut(_ mantissa: Substring, exponent: Int) -> String {
    let sign = mantissa.hasPrefix("-") ? "-" : ""
    let parts = mantissa.dropFirst(sign.count).split(separator: ".")
    let whole = String(parts[0])
    // A mantissa of one digit is written `1.0` or `1`: the zero is no digit of it.
    let fraction = parts.count < 2 || parts[1] == "0" ? "" : String(parts[1])
    guard exponent >= 0 else {
      return sign + "0." + String(repeating: "0", count: -exponent - 1) + whole + fraction
    }
    let zeros = String(repeating: "0", count: max(0, exponent - fraction.count))
    return sign + whole + fraction + zeros
  }
}
