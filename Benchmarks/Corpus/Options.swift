import SyntheticTrail

/// What is to be written, and where.
struct Options {
  enum Layout: String, CaseIterable {
    /// One file of lines.
    case ndjson
    /// Files of `Records`, as they are once inflated.
    case records
    /// The same deflated, as S3 delivers them.
    case gz
    /// As `gz`, with three records a file.
    case small
  }

  struct Problem: Error {
    let sentence: String
  }

  static let usage = """
    usage: corpus [options] OUT
      --layout L       ndjson, records, gz or small (ndjson)
      --size N         bytes of JSON, such as 64M or 1G (64M)
      --seed N         the same seed gives the same bytes (1)
      --scan-share X   part of the bytes that is answers to scans (0.034)
      --high-share X   part of the findings that is HIGH (0.12)
      --entropy X      part of the records whose identifiers come nowhere else (0.5): with 0 the
                       logs deflate 8:1, with 1 about 4:1
      --hostile        escaped names, bytes that are no UTF-8, bad lines, copies

    OUT/logs holds the logs, OUT/expected.ndjson the rows of the rule for HIGH findings,
    OUT/expected-exact.ndjson those of Splunk, OUT/facts.json how much of what there is.

    """

  var layout = Layout.ndjson
  var size = 64 << 20
  var plan = Corpus.Plan()
  var out = ""

  init(_ arguments: [String]) throws(Problem) {
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--hostile": plan.isHostile = true
      case "--layout", "--size", "--seed", "--scan-share", "--high-share",
        "--entropy":
        guard let value = rest.popFirst() else { throw Problem(sentence: "\(word) wants a value") }
        try set(word, value)
      case _ where word.hasPrefix("-"): throw Problem(sentence: "there is no option '\(word)'")
      case _ where out.isEmpty: out = word
      default: throw Problem(sentence: "found a second path '\(word)', expected one")
      }
    }
    if out.isEmpty { throw Problem(sentence: "there is no path to write to") }
  }

  private mutating func set(_ option: String, _ value: String) throws(Problem) {
    let isSet: Bool
    switch option {
    case "--layout": isSet = assign(Layout(rawValue: value)) { layout = $0 }
    case "--size": isSet = assign(Self.bytes(value)) { size = $0 }
    case "--seed": isSet = assign(UInt64(value)) { plan.seed = $0 }
    case "--scan-share": isSet = assign(Self.share(value)) { plan.scanShare = $0 }
    case "--entropy": isSet = assign(Self.share(value)) { plan.entropy = $0 }
    default: isSet = assign(Self.share(value)) { plan.highShare = $0 }
    }
    if !isSet { throw Problem(sentence: "found '\(value)' as \(option)") }
  }

  private func assign<Value>(_ value: Value?, _ store: (Value) -> Void) -> Bool {
    value.map(store) != nil
  }

  private static func share(_ text: String) -> Double? {
    Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
  }

  private static func bytes(_ text: String) -> Int? {
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30]
    if let last = text.last, let shift = units[last] {
      return Int(text.dropLast()).flatMap { $0 > 0 ? $0 << shift : nil }
    }
    return Int(text).flatMap { $0 > 0 ? $0 : nil }
  }
}
