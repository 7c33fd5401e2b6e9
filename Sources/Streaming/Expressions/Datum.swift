import Events

/// What an expression comes to: a value of a row, or a truth value, which no row holds.
enum Datum: Equatable, Sendable {
  case value(Value)
  case truth(Bool)

  static let null = Datum.value(.null)

  static func number(_ number: Double) -> Datum {
    number.isFinite ? .value(.number(Number(number))) : .null
  }

  static func whole(_ number: Int) -> Datum { .value(.number(.whole(Int64(number)))) }

  static func text(_ text: Text?) -> Datum { .value(text.map(Value.text) ?? .null) }

  static func string(_ string: String) -> Datum { .value(.string(string)) }

  var isNull: Bool { self == .null }

  /// True and false; of a number whether it is not 0.
  ///
  /// Nil for null and for texts.
  var truth: Bool? {
    switch self {
    case .truth(let truth): truth
    case .value(.number(let number)): number != .whole(0)
    case .value: nil
    }
  }

  /// What a field holds that this is assigned to.
  var value: Value {
    switch self {
    case .value(let value): value
    case .truth(let truth): .string(truth ? "True" : "False")
    }
  }

  /// Null for truth, and for several values: arithmetic knows neither.
  var number: Number? {
    if case .value(let value) = self { value.number } else { nil }
  }

  /// One text; several values are joined by a line feed.
  var text: Text? {
    if case .value(let value) = self { value.text } else { nil }
  }

  var each: [Value] { value.each }
}
