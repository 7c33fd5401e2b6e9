import Events
import SPL

/// What the raw bytes of a record must contain, lest no row come of it.
///
/// Runs of lower-case ASCII letters, to be looked for without regard to case. A record in which a
/// letter or backslash is written as `\u0041` has to be taken as well.
package struct Needles: Equatable, Sendable {
  /// All of these are needed, of each at least one alternative; none makes every record one.
  ///
  /// `eventName`'s come first, then the longer ones.
  package let groups: [[[UInt8]]]
  /// Runs of which the record's own `eventName` must hold one; nil where another call can matter.
  package let calls: [[UInt8]]?

  /// Shorter runs are in nearly every record.
  private static let shortest = 3

  /// The needles of the conditions that a raw record has to fulfil.
  init(_ predicates: [Predicate]) {
    let requirements = Needles.requirements(of: .and(predicates))
      .sorted { one, other in Needles.isBetter(one, other) }
    groups = requirements.map(\.alternatives)
    calls = requirements.first { $0.isOfCall }?.alternatives
  }

  private struct Requirement {
    var alternatives: [[UInt8]]
    var isEventName: Bool
    /// Whether it is of the field `eventName` itself: its aliases are other fields in other records.
    var isOfCall = false
  }

  private static func isBetter(_ one: Requirement, _ other: Requirement) -> Bool {
    if one.isEventName != other.isEventName { return one.isEventName }
    let lengths = (one.alternatives.map(\.count).min(), other.alternatives.map(\.count).min())
    return (lengths.0 ?? 0) > (lengths.1 ?? 0)
  }

  private static func requirements(of predicate: Predicate) -> [Requirement] {
    switch predicate {
    case .everything, .not: []
    case .and(let parts): parts.flatMap(requirements)
    case .or(let parts): alternatives(parts).map { [$0] } ?? []
    case .compare(let field, .equal, let pattern), .compareCase(let field, .equal, let pattern):
      requirement(field, [pattern]).map { [$0] } ?? []
    case .compare, .compareCase, .subsearch: []
    case .within(let field, let patterns): requirement(field, patterns).map { [$0] } ?? []
    case .term(let pattern), .termCase(let pattern), .wholeTerm(let pattern):
      needle(of: pattern).map { [Requirement(alternatives: [$0], isEventName: false)] } ?? []
    }
  }

  /// One requirement for all branches of an OR: the best of each; nil where a branch has none.
  private static func alternatives(_ parts: [Predicate]) -> Requirement? {
    var whole = Requirement(alternatives: [], isEventName: true, isOfCall: true)
    for part in parts {
      guard let best = requirements(of: part).min(by: isBetter) else { return nil }
      for one in best.alternatives where !whole.alternatives.contains(one) {
        whole.alternatives.append(one)
      }
      whole.isEventName = whole.isEventName && best.isEventName
      whole.isOfCall = whole.isOfCall && best.isOfCall
    }
    return whole.alternatives.isEmpty ? nil : whole
  }

  private static func requirement(_ field: FieldName, _ patterns: [Pattern]) -> Requirement? {
    guard RecordLeaf.holdsVerbatim(field, patterns) else { return nil }
    var alternatives: [[UInt8]] = []
    for pattern in patterns {
      guard let needle = needle(of: pattern) else { return nil }
      if !alternatives.contains(needle) { alternatives.append(needle) }
    }
    guard !alternatives.isEmpty else { return nil }
    return Requirement(
      alternatives: alternatives, isEventName: RecordLeaf.eventNames.contains(field),
      isOfCall: field == RecordLeaf.call)
  }

  /// The longest run of ASCII letters, the first of equals, in lower case.
  private static func needle(of pattern: Pattern) -> [UInt8]? {
    var longest: ArraySlice<UInt8> = []
    for run in pattern.runs {
      let letters = run.utf8.map(folded).split { $0 < 0x61 || $0 > 0x7a }
      for one in letters where one.count > longest.count { longest = one }
    }
    return longest.count >= shortest ? Array(longest) : nil
  }
}

/// Fields of a CloudTrail record whose value stands in the record as it is.
///
/// Not those with a constant, a default or several places that they may come from: of a value of
/// `user_name`, `dest` or `action` nothing need be in the record.
private enum RecordLeaf {
  static let call = "eventName"
  static let eventNames: Set<String> = ["eventName", "signature", "command"]

  private static let names: Set<String> = [
    "eventName", "signature", "command", "eventSource", "dvc", "awsRegion", "region",
    "vendor_region", "sourceIPAddress", "src", "src_ip", "userAgent", "user_agent", "eventType",
    "app", "eventCategory", "errorMessage", "result", "eventID", "requestID",
    "recipientAccountId",
  ]

  /// Members of a record that are objects: what is below them is only there.
  private static let objects: Set<String> = [
    "userIdentity", "requestParameters", "responseElements", "additionalEventData", "resources",
    "serviceEventDetails", "tlsDetails",
  ]

  static func holdsVerbatim(_ field: FieldName, _ patterns: [Pattern]) -> Bool {
    if names.contains(field) { return true }
    if field == "errorCode" || field == "result_id" {
      // A record of success has none, and a failed sign-in says so in another place.
      let fromElsewhere = [Text("success"), Text("failure")]
      return patterns.allSatisfy { pattern in
        let folded = FoldedPattern(pattern)
        return !fromElsewhere.contains(where: folded.matches)
      }
    }
    guard let end = field.firstIndex(where: { $0 == "." || $0 == "{" }) else { return false }
    return objects.contains(String(field[..<end]))
  }
}
