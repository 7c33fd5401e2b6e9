import Events
import SPL

/// `bin`, made ready: a number rounded down to a multiple of a span.
struct BinStep: Sendable {
  private let field: Text
  let name: Text
  private let span: Span

  init(_ bin: Bin) {
    field = Text(bin.field)
    name = Text(bin.name)
    span = bin.span
  }

  func applied(to fields: any FieldSource) -> any FieldSource {
    let value = fields.value(of: field)
    guard !value.isNull else { return fields }
    return AssignedField(name, Value(value.each.map(binned)), above: fields)
  }

  /// What is no number stays as it is.
  private func binned(_ value: Value) -> Value {
    guard let number = value.number else { return value }
    switch span {
    case .time(let count, let unit):
      guard let seconds = Int64(exactly: number.double.rounded(.down)) else { return value }
      let start = Timestamp(seconds: seconds).roundedDown(toSpan: count, unit)
      return .number(.whole(start.seconds))
    case .number(let width):
      let start = (number.double / width).rounded(.down) * width
      guard start.isFinite else { return value }
      if field == "_time" { return .number(Number(start)) }
      return .string("\(Number(start))-\(Number(start + width))")
    }
  }
}
