package import JSON

/// What one text gave: the records in it, and what of it gave none.
package struct Unwrapped: Sendable {
  package fileprivate(set) var records: [CloudTrailRecord] = []
  package fileprivate(set) var problems: [UnwrapProblem] = []
  /// Texts that are known to be no records: log digests, Insights, control messages.
  package fileprivate(set) var passedOver = 0
}

/// The records in one JSON text: a line, an element of a log file's `Records`, a whole document.
///
/// Opens every envelope that carries CloudTrail records, in each other too. A part that cannot be
/// read is a problem of that part only.
package func unwrap(_ text: [UInt8]) -> Unwrapped {
  do {
    return unwrap(try JSONDocument(text).root)
  } catch {
    var result = Unwrapped()
    result.problems.append(.unreadable(error))
    return result
  }
}

/// The records in a JSON value that is already read.
package func unwrap(_ value: JSONValue) -> Unwrapped {
  var result = Unwrapped()
  open(value, depth: 0, into: &result)
  return result
}

private func open(_ value: JSONValue, depth: Int, into result: inout Unwrapped) {
  guard depth <= Envelope.depthLimit else {
    result.problems.append(.wrappedTooOften(limit: Envelope.depthLimit))
    return
  }
  switch Wrapping(value) {
  case .record(let type): result.records.append(CloudTrailRecord(value, sourceType: type))
  case .many(let elements):
    for element in elements.elements { open(element, depth: depth + 1, into: &result) }
  case .inside(let inner): open(inner, depth: depth + 1, into: &result)
  case .text(let key, let inner): openText(inner, key: key, depth: depth, into: &result)
  case .noRecord: result.passedOver += 1
  case .unknown: result.problems.append(.noRecord(found: value.kind))
  }
}

private func openText(
  _ value: JSONValue, key: String, depth: Int, into result: inout Unwrapped
) {
  guard let text = value.string else {
    result.problems.append(.noText(key: key, found: value.kind))
    return
  }
  do {
    open(try JSONDocument(Array(text.utf8)).root, depth: depth + 1, into: &result)
  } catch {
    result.problems.append(.unreadableContent(key: key, error))
  }
}
