import Events
import JSON
import SPL

extension Functions {
  /// Functions of JSON texts; nil for others.
  static func json(_ function: EvalFunction, _ arguments: [Datum]) -> Datum? {
    switch function {
    case .spath:
      guard let path = arguments[1].text else { return .null }
      return .value(JSONPath(path.string).extract(from: arguments[0].value))
    case .jsonExtract: return extracted(arguments)
    case .jsonValid:
      guard let text = arguments[0].text else { return .null }
      return .truth(isValid(text))
    default: return nil
    }
  }

  /// The text itself without a path; of several paths a JSON array of what they lead to.
  private static func extracted(_ arguments: [Datum]) -> Datum {
    guard let text = arguments[0].text else { return .null }
    guard arguments.count > 1 else { return isValid(text) ? .text(text) : .null }
    let document: JSONDocument
    do {
      document = try JSONDocument(Array(text.string.utf8))
    } catch {
      return .null
    }
    let found = arguments.dropFirst().map { path in
      path.text.map { JSONPath($0.string).values(in: document.root) } ?? []
    }
    if found.count == 1 { return .value(Value(found[0].compactMap { $0.text.map(Value.string) })) }
    let parts = found.map {
      $0.first.map { String(decoding: $0.rawBytes, as: UTF8.self) } ?? "null"
    }
    return .string("[\(parts.joined(separator: ","))]")
  }

  private static func isValid(_ text: Text) -> Bool {
    do {
      _ = try JSONDocument(Array(text.string.utf8))
      return true
    } catch {
      return false
    }
  }
}
