import Events

/// A large body of CloudTrail records for measuring, made as bytes, with the rows it must give.
///
/// The same plan gives the same bytes. The answer is kept as the records are made, so it does not
/// depend on any reader of JSON or engine.
package struct Corpus: Sendable {
  /// How a unit ends: lines of NDJSON, or elements of `Records`.
  package enum Form: Sendable {
    case line, element

    var end: UInt8 { self == .line ? 0x0A : 0x2C }
  }

  package struct Plan: Sendable {
    package var seed: UInt64 = 1
    /// The part of all bytes that is answers to scans, 0...1.
    package var scanShare = 0.034
    /// The part of all findings that is HIGH, 0...1.
    package var highShare = 0.12
    /// The part of everyday records whose identifiers and tokens come nowhere else, 0...1: what
    /// decides how far the logs deflate.
    package var entropy = 0.5
    /// Whether spellings, bytes and lines are such as readers go wrong on.
    package var isHostile = false

    package init() {}
  }

  package private(set) var records = 0
  package private(set) var scans = 0
  /// Rows as watchfloor shows them, and as Splunk would.
  private(set) var rows = ExpectedRows()
  private(set) var exactRows = ExpectedRows()

  private let plan: Plan
  private let signers: [Signer]
  private let ailments: Ailments
  private let pool: EverydayPool
  private var random: Randomness
  private var clock: Timestamp
  private var clockText: [UInt8]
  private var bytes = 0
  private var scanBytes = 0
  private var images: [Image] = []

  package init(_ plan: Plan) {
    let start = Timestamp(year: 2026, month: 3, day: 16)
    var random = Randomness(seed: plan.seed)
    self.plan = plan
    clock = start
    clockText = Array(start.iso8601.utf8)
    signers = Signer.all(since: start)
    ailments = Ailments(highShare: plan.highShare, random: &random)
    pool = EverydayPool(entropy: plan.entropy, random: &random)
    self.random = random
  }

  /// How many rows there must be, and how many findings they count.
  package var expected: (rows: Int, findings: Int) { (rows.count, rows.occurrences) }

  /// The rows that must come as NDJSON in the search's column order; null columns are left out.
  package func expectedLines(
    exact: Bool, _ write: ([UInt8]) throws -> Void
  ) rethrows {
    try (exact ? exactRows : rows).lines(write)
  }

  /// Adds a record, or what a hostile plan puts in its place, and what ends it.
  package mutating func append(to text: inout [UInt8], as form: Form) {
    let start = text.count
    tick()
    let isScanDue = Double(scanBytes) < plan.scanShare * Double(bytes) && random.below(4) == 0
    if isScanDue {
      scans += 1
      appendScan(to: &text, as: form)
      scanBytes += text.count - start
    } else {
      pool.add(to: &text, signer: random.pick(signers), time: clockText, random: &random)
      text.append(form.end)
      records += 1
    }
    bytes += text.count - start
  }

  private mutating func tick() {
    guard random.below(4) == 0 else { return }
    clock = clock + 1
    clockText = Array(clock.iso8601.utf8)
  }

  private mutating func appendScan(to text: inout [UInt8], as form: Form) {
    let signer = random.pick(signers)
    let image = nextImage(of: signer.team)
    let named = image.findings.map { ailments.all[$0] }.filter(\.isHigh)
      .map { ExpectedRows.Named(name: $0.name, description: $0.description) }
    let scan = Scan(
      signer: signer, image: image, time: clockText,
      findings: image.findings.map { ailments.all[$0].json })
    guard plan.isHostile else {
      records += 1
      scan.add(to: &text, random: &random)
      text.append(form.end)
      rows.add(named, in: scan.scene, at: clock)
      exactRows.add(named, in: scan.scene, at: clock)
      return
    }
    let hostile = HostileScan(scan, named: named, random: &random)
    records += hostile.add(to: &text, as: form, random: &random)
    rows.add(hostile.named, in: hostile.scene, at: clock)
    guard hostile.hasDigest else { return }
    for _ in 0..<hostile.copies {
      exactRows.add(
        hostile.named.filter { $0.description != nil }, in: hostile.scene, at: clock)
    }
  }

  /// Mostly one that nobody has asked about yet.
  private mutating func nextImage(of team: Team) -> Image {
    if !images.isEmpty, random.below(12) == 0 { return random.pick(images) }
    let stride = 1 + random.below(Ailments.count - 1)
    let first = random.below(Ailments.count)
    let image = Image(
      digest: Array(random.digest().utf8), repository: Array(random.pick(team.repositories).utf8),
      findings: (0..<20 + random.below(90)).map { (first + $0 * stride) % Ailments.count })
    if images.count < 64 { images.append(image) } else { images[random.below(64)] = image }
    return image
  }
}

/// An image that has been scanned.
struct Image: Sendable {
  let digest: [UInt8]
  let repository: [UInt8]
  /// Places in `Ailments.all`.
  let findings: [Int]
}
