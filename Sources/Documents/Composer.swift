import Diagnostics
import Yams

/// Makes the tree out of what Yams composes, and refuses what a document may not hold.
struct Composer {
  let text: String
  let places: LineTable
  private var problems: [Diagnostic] = []

  init(text: String) {
    self.text = text
    places = LineTable(text)
  }

  mutating func root() throws(Problems) -> DocumentNode {
    if let problem = refusal { throw Problems([problem]) }
    let composed: Node?
    do {
      // No scalar is read by what it looks like: the rules that would tell are regular
      // expressions, whose tables take longer than the file.
      composed = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw Problems([diagnostic(of: error)])
    } catch {
      throw Problems([
        Diagnostic(code: "yaml-syntax", message: "the file cannot be read: \(error)", span: nil)
      ])
    }
    guard let composed else {
      throw Problems([
        Diagnostic(code: "yaml-empty", message: "the file is empty", span: nil)
      ])
    }
    let root = node(composed, depth: 1)
    guard problems.isEmpty else { throw Problems(Array(problems.prefix(20))) }
    return root
  }

  /// What is refused before anything is composed: the time that Yams needs for nested aliases
  /// grows without bounds, and a file larger than the limit is no rule.
  private var refusal: Diagnostic? {
    if text.utf8.count > Document.largest {
      return Diagnostic(
        code: "yaml-too-large",
        message: "the file has \(text.utf8.count) bytes, at most \(Document.largest) are read",
        span: nil)
    }
    return AliasSearch(text).firstAlias.map { alias in
      Diagnostic(
        code: "yaml-alias", message: "'\(alias.text)' is an alias, which is not read here",
        span: alias.span, help: "write the value out in its place")
    }
  }

  private mutating func node(_ node: Node, depth: Int) -> DocumentNode {
    let start = node.mark.map { places.offset(line: $0.line, column: $0.column) } ?? 0
    let span = SourceSpan(start..<places.endOfCharacter(at: start))
    guard depth <= Document.deepest else {
      report("yaml-too-deep", "the values are nested deeper than \(Document.deepest)", span)
      return DocumentNode(.sequence([]), span: span)
    }
    refuseProperties(at: start, span)
    switch node {
    case .scalar(let scalar):
      let place = ScalarPlace(scalar, start: start, in: places)
      return DocumentNode(
        .scalar(
          DocumentScalar(text: scalar.string, style: place.style, lineStarts: place.lineStarts)),
        span: place.span)
    case .sequence(let sequence):
      return DocumentNode(
        .sequence(sequence.map { self.node($0, depth: depth + 1) }), span: span)
    case .mapping(let mapping):
      return DocumentNode(.mapping(entries(of: mapping, depth: depth)), span: span)
    case .alias:
      report("yaml-alias", "an alias is not read here", span)
      return DocumentNode(.sequence([]), span: span)
    }
  }

  private mutating func entries(of mapping: Node.Mapping, depth: Int) -> [DocumentEntry] {
    var entries: [DocumentEntry] = []
    for (key, value) in mapping {
      let keyNode = node(key, depth: depth + 1)
      let valueNode = node(value, depth: depth + 1)
      guard case .scalar(let scalar) = keyNode.content else {
        report(
          "yaml-key", "\(keyNode.kind) cannot be a key, a key is a word", keyNode.span)
        continue
      }
      if entries.contains(where: { $0.key.utf8.elementsEqual(scalar.text.utf8) }) {
        report("duplicate-key", "the key '\(scalar.text)' occurs twice", keyNode.span)
        continue
      }
      entries.append(DocumentEntry(key: scalar.text, keySpan: keyNode.span, value: valueNode))
    }
    return entries
  }

  /// Yams drops anchors and tags that nothing refers to; their first character tells.
  private mutating func refuseProperties(at start: Int, _ span: SourceSpan) {
    switch places.byte(at: start) {
    case UInt8(ascii: "&"):
      report("yaml-anchor", "an anchor (&name) is not read here", span, help: "leave it out")
    case UInt8(ascii: "!"):
      report(
        "yaml-tag", "a tag (!name) is not read here", span,
        help: "leave it out, or put the value in quotes if it begins with '!'")
    default: break
    }
  }

  private mutating func report(
    _ code: String, _ message: String, _ span: SourceSpan, help: String? = nil
  ) {
    problems.append(Diagnostic(code: code, message: message, span: span, help: help))
  }
}

extension Composer {
  private func diagnostic(of error: YamlError) -> Diagnostic {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let start = places.offset(line: mark.line, column: mark.column)
      let circumstance = context.map { " \($0.text)" } ?? ""
      return Diagnostic(
        code: "yaml-syntax", message: "this is not YAML: \(problem)\(circumstance)",
        span: SourceSpan(start..<places.endOfCharacter(at: start)))
    case .duplicatedKeysInMapping(let duplicates, let context):
      let start = places.offset(line: context.mark.line, column: context.mark.column)
      let key = duplicates.first ?? ""
      return Diagnostic(
        code: "duplicate-key", message: "the key '\(key)' occurs twice",
        span: SourceSpan(start..<places.endOfCharacter(at: start)),
        help: "leave one of the two out")
    case .reader(let problem, let offset, _, _):
      let start = min(offset ?? 0, places.count)
      return Diagnostic(
        code: "yaml-syntax", message: "this is not YAML: \(problem)",
        span: SourceSpan(start..<places.endOfCharacter(at: start)))
    default:
      return Diagnostic(
        code: "yaml-syntax", message: "this is not YAML: \(error)", span: nil)
    }
  }
}
