internal import Events
internal import Findings
internal import Foundation

/// All that has been seen of one scan, the same in whatever order its pages came.
struct ScanBody: Equatable {
  /// Names of findings by their prints, both as hashes.
  private(set) var findings: [UInt64: UInt64] = [:]
  /// By severity, the most that any page has said; nil until one has.
  private(set) var counts: [Text: Int]?
  private var chain = PageChain()

  /// A scan of more findings is never complete: no image has so many.
  private static let most = 50_000

  var seen: Int { findings.count }

  /// How many there are by the counts.
  var all: Int? { counts.map { $0.values.reduce(0, +) } }

  /// Nothing is left to read, and there are as many findings as the counts say.
  var isComplete: Bool {
    guard let all else { return false }
    return chain.isClosed && seen >= all && seen < ScanBody.most
  }

  func has(_ name: UInt64) -> Bool { findings.values.contains(name) }

  var names: Set<UInt64> { Set(findings.values) }

  mutating func add(_ page: ScanPage) {
    for finding in page.findings where findings.count < ScanBody.most {
      findings[finding.print] = ScanBody.hash(finding.name)
    }
    if let told = page.counts {
      counts = (counts ?? [:]).merging(told.map { (Text($0.key), $0.value) }) { max($0, $1) }
    }
    chain.add(
      from: page.asked.map(ScanBody.hash) ?? PageChain.start,
      to: page.next.map(ScanBody.hash) ?? PageChain.end)
  }

  /// FNV-1a over the bytes: names are compared within one scan, of one repository.
  static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}

/// Which pages lead to which by their tokens, from the first to the last.
///
/// A reader that stops early leaves others' pages as good as they are: what counts is that somebody
/// has read on to the end.
struct PageChain: Equatable {
  static let start: UInt64 = 0
  static let end = UInt64.max

  private(set) var isClosed = false
  /// Tokens that a first page leads to.
  private(set) var reached: Set<UInt64> = [PageChain.start]
  /// Pages whose token nothing has led to yet, and what follows them.
  private(set) var waiting: [UInt64: Set<UInt64>] = [:]
  private var kept: Int { waiting.values.reduce(reached.count) { $0 + $1.count } }

  /// Pages that are kept at most; readers that only ever read first pages leave one each.
  private static let most = 4_096

  mutating func add(from token: UInt64, to next: UInt64) {
    guard !isClosed, kept < PageChain.most else { return }
    guard reached.contains(token) else {
      waiting[token, default: []].insert(next)
      return
    }
    var ahead: Set<UInt64> = [next]
    while let token = ahead.popFirst() {
      if token == PageChain.end {
        self = PageChain()
        isClosed = true
        return
      }
      reached.insert(token)
      ahead.formUnion(waiting.removeValue(forKey: token) ?? [])
    }
  }
}

extension ScanBody {
  func encode() -> Data {
    var blob = BlobWriter()
    blob.count(findings.count)
    for (print, name) in findings.sorted(by: { $0.key < $1.key }) {
      blob.number(print)
      blob.number(name)
    }
    let told = (counts ?? [:]).sorted { $0.key < $1.key }
    blob.count(counts == nil ? 0 : told.count + 1)
    for (word, count) in told {
      blob.text(word.string)
      blob.count(count)
    }
    chain.encode(into: &blob)
    return blob.data
  }

  init(decoding data: Data) throws {
    var blob = try BlobReader(data)
    for _ in 0..<(try blob.count()) {
      let print = try blob.number()
      findings[print] = try blob.number()
    }
    let told = try blob.number()
    if told > 0 {
      var counts: [Text: Int] = [:]
      for _ in 1..<told {
        let word = Text(try blob.text())
        counts[word] = Int(clamping: try blob.number())
      }
      self.counts = counts
    }
    chain = try PageChain(&blob)
  }
}

extension PageChain {
  fileprivate func encode(into blob: inout BlobWriter) {
    blob.count(isClosed ? 1 : 0)
    guard !isClosed else { return }
    blob.count(reached.count)
    for token in reached.sorted() { blob.number(token) }
    blob.count(waiting.count)
    for (token, following) in waiting.sorted(by: { $0.key < $1.key }) {
      blob.number(token)
      blob.count(following.count)
      for next in following.sorted() { blob.number(next) }
    }
  }

  fileprivate init(_ blob: inout BlobReader) throws {
    isClosed = try blob.number() == 1
    guard !isClosed else { return }
    for _ in 0..<(try blob.count()) { reached.insert(try blob.number()) }
    for _ in 0..<(try blob.count()) {
      let token = try blob.number()
      for _ in 0..<(try blob.count()) { waiting[token, default: []].insert(try blob.number()) }
    }
  }
}
