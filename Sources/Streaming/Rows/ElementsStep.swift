import Events
import JSON

/// `spath path=a{} output=b | mvexpand b | spath input=b` as one step: a row for each element of
/// an array of a record, with its leaves.
///
/// Where the text is that of the record itself the elements stay where they are in its document:
/// nothing is written out to be read again, and a row that the next condition drops has cost little.
struct ElementsStep: Sendable {
  /// The three steps, for rows where the elements are not at hand.
  let plain: [EventStage]
  private let input: Text
  private let path: JSONPath
  private let output: Text
  private let limit: Int?
  private let inner: SpathStep
  private let leavesLimit: Int?

  /// Nil where the stages are no such chain.
  init?(_ first: EventStage, _ second: EventStage, _ third: EventStage) {
    guard case .spath(let outer) = first, case .path(let path, let output) = outer.taking,
      case .expand(output, let limit) = second,
      case .spath(let inner) = third, inner.input == output, output != "_raw",
      case .leaves(let leavesLimit) = inner.taking
    else { return nil }
    plain = [first, second, third]
    input = outer.input
    self.path = path
    self.output = output
    self.limit = limit
    self.inner = inner
    self.leavesLimit = leavesLimit
  }

  /// Gives a row for each element to `emit`; false where the elements are not at hand.
  func expand(_ event: PassingEvent, emit: (PassingEvent) -> Void) -> Bool {
    guard let base = event.fields as? BaseFields, let root = base.json(of: input) else {
      return false
    }
    let elements = path.values(in: root).filter { $0.kind != .null }
    guard !elements.isEmpty else { return false }
    let count = elements.count > 1 ? limit.map { $0 > 0 ? $0 : elements.count } : nil
    for element in elements.prefix(count ?? elements.count) {
      var one = event
      one.fields = ElementField(output, element, above: base)
      if canBeRead(element) {
        one.fields = LeafFields(of: element, above: one.fields)
        one.taken = .element(element)
      } else {
        one.take(inner)
      }
      emit(one)
    }
    return true
  }

  /// Whether what `spath` reads of the element's text is all of the element.
  private func canBeRead(_ element: JSONValue) -> Bool {
    guard element.kind == .object || element.kind == .array else { return false }
    return leavesLimit.map { element.rawBytes.count <= $0 } ?? true
  }
}

/// A field that is the text of a JSON value, written out when it is asked for.
final class ElementField: FieldSource {
  private let field: Text
  private let element: JSONValue
  private let below: any FieldSource

  init(_ field: Text, _ element: JSONValue, above below: any FieldSource) {
    self.field = field
    self.element = element
    self.below = below
  }

  func value(of field: Text) -> Value {
    guard field == self.field else { return below.value(of: field) }
    return element.text.map(Value.string) ?? .null
  }

  var names: [Text] { below.names.filter { $0 != field } + [field] }
}
