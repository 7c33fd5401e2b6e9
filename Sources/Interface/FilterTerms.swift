import Diagnostics
package import Findings
import SPL

/// A filter as typed, in search syntax, and what it comes to.
package struct FilterTerms: Equatable, Sendable {
  package private(set) var text = ""
  /// The last filter that could be read: it stays in force while the line does not read.
  package private(set) var filter = Filter.everything
  /// The line that `filter` was read from.
  package private(set) var applied = ""
  /// Why the line cannot be read.
  package private(set) var problem: String?
  /// Which part of the line is meant, in its UTF-8; nil where it is all of it.
  package private(set) var problemPlace: Range<Int>?
  /// The fields that what is filtered has.
  package let fields: [FilterField]

  /// Of rows and what is counted from them, unless other fields are named.
  package init(fields: [FilterField] = FilterField.ofRows) { self.fields = fields }

  package init(_ text: String) {
    self.init()
    read(text)
  }

  /// The same without any term.
  var cleared: FilterTerms { FilterTerms(fields: fields) }

  package var isEmpty: Bool { text.utf8.allSatisfy { $0 == 0x20 } }

  /// Reads a line; an empty one lets everything through.
  package mutating func read(_ line: String) {
    text = line
    problem = nil
    problemPlace = nil
    if isEmpty {
      filter = .everything
      applied = ""
      return
    }
    do {
      filter = try lowered(SearchCompiler.parseFilter(line), fields)
      applied = line
    } catch let problems as Problems {
      problem =
        problems.diagnostics.first.map { ofFilter($0.message) } ?? "this filter cannot be read"
      problemPlace = (problems.diagnostics.first as Diagnostic?)?.span
        .map { $0.lowerBound..<$0.upperBound }
    } catch let unknown as FilterProblem {
      problem = unknown.sentence
      problemPlace = ranges(of: unknown.word, in: line).first
    } catch {
      problem = "this filter cannot be read"
    }
  }
}

/// What the reader of searches says, said of a filter: an analyst who types one knows no commands.
private func ofFilter(_ message: String) -> String {
  let end = "found the end of the command, expected "
  guard message.hasPrefix(end) else { return message }
  return "this filter ends where \(message.dropFirst(end.count)) was expected"
}

/// Why a predicate has no counterpart in the panes.
enum FilterProblem: Error, Equatable {
  case unknownField(String, known: [FilterField])
  case notANumber(field: String, text: String)

  /// What of the line is wrong.
  var word: String {
    switch self {
    case .unknownField(let name, _): name
    case .notANumber(_, let text): text
    }
  }

  var sentence: String {
    switch self {
    case .unknownField(let name, let known):
      known.contains(.path)
        ? "there is no field '\(name)'; try path, state, format, integrity or reason"
        : "there is no field '\(name)'; try repository, image, finding, severity, user or source"
    case .notANumber(let field, let text):
      "'\(text)' is not a number, which \(field) is compared with"
    }
  }
}

/// The filter of a predicate in search syntax.
func lowered(
  _ predicate: Predicate, _ fields: [FilterField]
) throws(FilterProblem) -> Filter {
  switch predicate {
  case .everything: return .everything
  case .and(let parts):
    return .and(try parts.map { part throws(FilterProblem) in try lowered(part, fields) })
  case .or(let parts):
    return .or(try parts.map { part throws(FilterProblem) in try lowered(part, fields) })
  case .not(let part): return .not(try lowered(part, fields))
  case .term(let pattern), .termCase(let pattern), .wholeTerm(let pattern):
    return .contains(pattern.text)
  case .within(let name, let patterns):
    let field = try field(named: name, among: fields)
    return .or(patterns.map { .matches(field, pattern: $0.text) })
  case .compare(let name, let comparison, let pattern),
    .compareCase(let name, let comparison, let pattern):
    return try lowered(field(named: name, among: fields), comparison, pattern.text)
  case .subsearch: preconditionFailure("a filter without brackets, which parsing refuses")
  }
}

private func lowered(
  _ field: FilterField, _ comparison: Comparison, _ text: String
) throws(FilterProblem) -> Filter {
  let isNumber = [.count, .offset, .size, .behind, .records, .letters].contains(field)
  func compared(_ comparison: FilterComparison) throws(FilterProblem) -> Filter {
    guard let number = Double(text) else {
      throw .notANumber(field: field.rawValue, text: text)
    }
    return .compares(field, comparison, number: number)
  }
  switch comparison {
  case .less: return try compared(.less)
  case .lessOrEqual: return try compared(.lessOrEqual)
  case .greater: return try compared(.greater)
  case .greaterOrEqual: return try compared(.greaterOrEqual)
  case .equal where isNumber:
    return .and([try compared(.lessOrEqual), try compared(.greaterOrEqual)])
  case .notEqual where isNumber:
    return .or([try compared(.less), try compared(.greater)])
  case .equal: return .matches(field, pattern: text)
  case .notEqual:
    // `!=` wants a value that differs; only NOT lets lines without a value through.
    return .and([.matches(field, pattern: "*"), .not(.matches(field, pattern: text))])
  }
}

/// The field of a name: the panes' own, or what the searches and Splunk call it.
private func field(
  named name: String, among fields: [FilterField]
) throws(FilterProblem) -> FilterField {
  let field = FilterField(rawValue: name) ?? field(calledElsewhere: name)
  guard let field, fields.contains(field) else { throw .unknownField(name, known: fields) }
  return field
}

/// What the searches and Splunk call a field of the panes.
func field(calledElsewhere name: String) -> FilterField? {
  switch name {
  case "finding_name", "cve": return .finding
  case "imageDigest", "image_digest", "digest": return .image
  case "src", "src_ip", "sourceIPAddress": return .source
  case "repositoryName": return .repository
  case "finding_description": return .description
  case "package_name": return .package
  case "package_version": return .version
  case "search_name": return .rule
  case "aws_account_id", "vendor_account": return .account
  case "awsRegion", "vendor_region": return .region
  default: return nil
  }
}

extension Pattern {
  /// As written: its runs with `*` between them.
  var text: String { runs.joined(separator: "*") }
}
