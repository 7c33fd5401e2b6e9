import Events
import SPL

/// What the functions of expressions come to, given what their arguments came to.
enum Functions {
  static func result(
    of function: EvalFunction, _ arguments: [Datum], _ moment: SearchMoment
  ) -> Datum {
    switch function {
    case .coalesce: return arguments.first { !$0.isNull } ?? .null
    case .isnull: return .truth(arguments[0].isNull)
    case .isnotnull: return .truth(!arguments[0].isNull)
    case .isnum: return .truth(arguments[0].number != nil)
    case .isint:
      if case .whole = arguments[0].number { return .truth(true) }
      return .truth(false)
    case .isstr: return .truth(arguments[0].isText)
    case .isbool:
      if case .truth = arguments[0] { return .truth(true) }
      return .truth(false)
    case .typeof: return .string(arguments[0].typeName)
    case .nullif:
      let areEqual = Comparing.holds(arguments[0], .equal, arguments[1]) == true
      return areEqual ? .null : arguments[0]
    case .mvappend: return .value(Value(arguments.flatMap(\.each)))
    case .min, .max: return extreme(of: arguments, greatest: function == .max)
    case .pi: return .number(Double.pi)
    case .printf:
      guard let format = arguments[0].text.flatMap({ PrintfFormat($0.string) }) else {
        return .null
      }
      return format.text(of: Array(arguments.dropFirst())).map(Datum.string) ?? .null
    case .now, .time: return moment.now.map { .value(.number(.whole($0.seconds))) } ?? .null
    default: break
    }
    // The others are null where an argument is.
    guard arguments.allSatisfy({ !$0.isNull }) else { return .null }
    return text(function, arguments) ?? number(function, arguments)
      ?? several(function, arguments) ?? time(function, arguments) ?? json(function, arguments)
      ?? .null
  }

  /// Texts are greater than numbers; nulls do not count.
  private static func extreme(of arguments: [Datum], greatest: Bool) -> Datum {
    let values = arguments.flatMap(\.each)
    let numbers = values.compactMap(\.number)
    let texts = values.filter { $0.number == nil }.compactMap(\.text)
    if greatest {
      return texts.max().map { .text($0) } ?? numbers.max().map { .value(.number($0)) } ?? .null
    }
    return numbers.min().map { .value(.number($0)) } ?? texts.min().map { .text($0) } ?? .null
  }
}

extension Datum {
  fileprivate var isText: Bool {
    guard case .value(let value) = self else { return false }
    return !value.isNull && value.number == nil
  }

  fileprivate var typeName: String {
    switch self {
    case .truth: "Boolean"
    case .value(.null): "Null"
    case .value(let value): value.number == nil ? "String" : "Number"
    }
  }
}
