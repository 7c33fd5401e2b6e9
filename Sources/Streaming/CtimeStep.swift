import Events
import SPL

/// `convert ctime(field) as name`: seconds since 1970 as text.
struct CtimeStep: Sendable {
  let conversions: [(field: Text, name: Text)]
  private let format: Strftime

  init(_ convert: Convert) {
    conversions = convert.conversions.map { (Text($0.field), Text($0.name)) }
    format = Strftime(convert.timeFormat)
  }

  /// The value as text, each of many by itself; what is no number stays as it is.
  func converted(_ value: Value) -> Value {
    if case .many(let values) = value { return .many(values.map(converted)) }
    guard let number = value.number, let text = format.string(from: number) else { return value }
    return .string(text)
  }
}
