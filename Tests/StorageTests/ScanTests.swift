import Events
import Findings
import GRDB
import TestSupport
import Testing

@testable import Storage

/// Still there, new and gone by the complete scans of tags, through the store.
@Suite struct ScanTests {
  static let start = Timestamp(seconds: 1_700_000_000)
  private let place = ImagePlace(account: "1111", region: "eu", repository: "payments/api")

  /// A scan with its hour, image and findings, read as one page.
  private func scan(
    _ hour: Int64, _ image: String, _ names: [String], tag: String? = nil, all: Int? = nil
  ) -> ScanPage {
    var page = ScanPage(
      place: place, image: image, completed: Self.start + hour * 3600,
      read: Self.start + hour * 3600 + 60)
    page.tag = tag
    page.findings = names.map { ScanPage.Finding(name: $0, print: ScanBody.hash("print \($0)")) }
    page.counts = ["HIGH": all ?? names.count]
    return page
  }

  private func push(_ hour: Int64, _ image: String, _ tag: String?) -> ImagePush {
    ImagePush(
      place: place, image: image, tag: tag, user: "ci", time: Self.start + hour * 3600)
  }

  private func row(_ name: String, _ image: String, identity: [String]? = nil) -> ResultRow {
    let identity = identity ?? ["1111", "eu", "payments/api", name]
    return ResultRow(
      id: RowID(digits: SampleRows.digits("\(name) in \(image)")), rule: "ECR High",
      ruleID: "high", window: Window(containing: Self.start), key: [1], columns: [], values: [],
      count: 1, firstSeen: Self.start, lastSeen: Self.start, sample: [:],
      roles: [
        .finding: name, .image: image, .repository: "payments/api", .severity: "HIGH",
      ], finding: FindingID(digits: SampleRows.digits("\(identity)")), identity: identity,
      marks: [], records: [])
  }

  private func store(
    _ rows: [ResultRow], _ scans: [ScanPage], _ pushes: [ImagePush] = []
  ) throws -> Store {
    let store = try Store.temporary()
    var changes = Changes()
    changes.rows = rows
    changes.scans = scans
    changes.pushes = pushes
    changes.changedAt = Self.start
    try store.commit(changes)
    return store
  }

  private func presences(
    _ store: Store, hours: Int64 = 1_000
  ) throws -> [String: Presence] {
    let range = TimeRange(from: nil, to: Self.start + hours * 3600)
    guard case .findings(let page) = try store.answer(.findings(Query(range: range))) else {
      return [:]
    }
    return Dictionary(
      page.lines.map { ($0.finding ?? "", $0.presence) }, uniquingKeysWith: { $1 })
  }

  @Test func aTagIsFollowedFromImageToImage() throws {
    let store = try store(
      [row("A", "sha256:1"), row("B", "sha256:1"), row("C", "sha256:2")],
      [scan(1, "sha256:1", ["A", "B"]), scan(11, "sha256:2", ["A", "C"])],
      [push(0, "sha256:1", "latest"), push(10, "sha256:2", "latest")])
    #expect(try presences(store) == ["A": .stillThere, "B": .gone, "C": .new])
    // As it was before the second scan.
    #expect(
      try presences(store, hours: 5) == ["A": .stillThere, "B": .stillThere, "C": .unknown])
  }

  @Test func anImageWithoutATagStandsForItself() throws {
    let store = try store(
      [row("A", "sha256:1"), row("C", "sha256:2")],
      [scan(1, "sha256:1", ["A"]), scan(2, "sha256:2", ["C"])])
    #expect(try presences(store) == ["A": .stillThere, "C": .stillThere])
  }

  @Test func nothingIsGoneByAScanThatWasNotReadWhole() throws {
    var page = scan(5, "sha256:1", ["A"], all: 3)
    page.next = "more"
    let rows = [row("A", "sha256:1"), row("B", "sha256:1")]
    let partly = try store(rows, [page])
    #expect(
      try presences(partly)
        == ["A": .incomplete(seen: 1, of: 3), "B": .incomplete(seen: 1, of: 3)])
    // The last complete scan decides, and what has come since is new.
    let before = try store(rows, [scan(1, "sha256:1", ["B"]), page])
    #expect(try presences(before) == ["A": .new, "B": .stillThere])
    // As many findings as the counts say, but the reading never went to the end.
    var endless = scan(6, "sha256:1", ["A"])
    endless.next = "more"
    let open = try store(rows, [endless])
    #expect(try presences(open)["B"] == .incomplete(seen: 1, of: 1))
  }

  @Test func aScanWithoutCountsProvesNothing() throws {
    var page = scan(1, "sha256:1", ["A"])
    page.counts = nil
    let store = try store([row("A", "sha256:1"), row("B", "sha256:1")], [page])
    #expect(try presences(store) == ["A": .unknown, "B": .unknown])
  }

  @Test func anotherRegistrysScansSayNothing() throws {
    var elsewhere = scan(5, "sha256:1", [])
    elsewhere.place.account = "2222"
    let store = try store([row("A", "sha256:1")], [scan(1, "sha256:1", ["A"]), elsewhere])
    #expect(try presences(store) == ["A": .stillThere])
  }

  @Test func anOldImageScannedAgainSpeaksForItsTagNoMore() throws {
    let store = try store(
      [row("A", "sha256:1")],
      [scan(1, "sha256:1", ["A"]), scan(11, "sha256:2", []), scan(20, "sha256:1", ["A"])],
      [push(0, "sha256:1", "latest"), push(10, "sha256:2", "latest")])
    #expect(try presences(store) == ["A": .gone])
  }

  @Test func aNewerReaderOfTheSameScanChangesNothing() throws {
    let page = scan(1, "sha256:1", ["A"])
    var later = page
    later.read = page.read + 86_400
    let once = try store([row("A", "sha256:1")], [page])
    let twice = try store([row("A", "sha256:1")], [page, later, page])
    #expect(try presences(once) == presences(twice))
  }

  @Test func pagesMeanTheSameInAnyOrder() throws {
    for seed in UInt64(1)...12 {
      var random = SplitMix64(seed: seed)
      var (pages, pushes) = history(&random)
      let rows = ["A", "B", "C", "D"].flatMap { name in
        ["sha256:1", "sha256:2", "sha256:3"].map { row(name, $0) }
      }
      let expected = try told(store(rows, pages, pushes))
      for _ in 0..<2 {
        pages.shuffle(using: &random)
        pushes.shuffle(using: &random)
        // Some come twice, and each in a commit of its own.
        let store = try store(rows, [])
        for page in pages + pages.prefix(3) {
          var changes = Changes()
          changes.scans = [page]
          changes.pushes = pushes.popLast().map { [$0] } ?? []
          changes.changedAt = Self.start
          try store.commit(changes)
        }
        var rest = Changes()
        rest.pushes = pushes
        try store.commit(rest)
        #expect(try told(store) == expected, "seed \(seed)")
        (_, pushes) = history(&random, again: seed)
      }
    }
  }

  private func told(_ store: Store) throws -> [String] {
    var told: [String] = []
    for hours: Int64 in [3, 9, 15, 1_000] {
      told += try presences(store, hours: hours).map { "\(hours) \($0)" }.sorted()
      let range = TimeRange(from: nil, to: Self.start + hours * 3600)
      guard case .images(let page) = try store.answer(.images(Query(range: range))) else {
        continue
      }
      told += page.lines.map { "\($0.image) \($0.origin)" }.sorted()
    }
    return told
  }

  /// Scans of three images under two tags: some in pages, some pages missing, readers that mix.
  private func history(
    _ random: inout SplitMix64, again seed: UInt64? = nil
  ) -> ([ScanPage], [ImagePush]) {
    var own = SplitMix64(seed: seed ?? 0)
    if seed == nil { own = random }
    defer { if seed == nil { random = own } }
    var pages: [ScanPage] = []
    for hour in Int64(1)...12 where Bool.random(using: &own) {
      let image = "sha256:\(Int.random(in: 1...3, using: &own))"
      let names = ["A", "B", "C", "D"].filter { _ in Bool.random(using: &own) }
      let tag = Int.random(in: 0..<4, using: &own) == 0 ? "asked" : nil
      for reader in 0..<Int.random(in: 1...2, using: &own) {
        let cut = Int.random(in: 0...names.count, using: &own)
        var first = scan(hour, image, Array(names[..<cut]), tag: tag, all: names.count)
        first.next = "\(reader)"
        var second = scan(hour, image, Array(names[cut...]), all: names.count)
        second.asked = first.next
        pages += Bool.random(using: &own) ? [first, second] : [first]
      }
    }
    let pushes = (Int64(0)...10).filter { _ in Bool.random(using: &own) }.map { hour in
      push(
        hour, "sha256:\(Int.random(in: 1...3, using: &own))",
        ["latest", "1.0", nil][Int.random(in: 0..<3, using: &own)])
    }
    return (pages, pushes)
  }

  @Test func imagesSayWhoPushedThemAndUnderWhichTags() throws {
    let store = try store(
      [row("A", "sha256:1")], [scan(2, "sha256:1", ["A"], all: 312)],
      [push(0, "sha256:1", "1.0"), push(1, "sha256:1", "latest")])
    let range = TimeRange(from: nil, to: Self.start + 86_400)
    let scope: [PaneRole: String] = [.image: "sha256:1"]
    guard
      case .imageCard(let card?) = try store.answer(.imageCard(Query(scope: scope, range: range)))
    else {
      Issue.record("there is a card")
      return
    }
    #expect(card.origin.tags == ["1.0", "latest"])
    #expect(card.origin.push == push(1, "sha256:1", "latest"))
    #expect(
      card.origin.scan
        == ScanExtent(
          completed: Self.start + 7_200, seen: 1, all: 312, isComplete: false))
    guard
      case .findingCard(let finding?) = try store.answer(
        .findingCard(Query(scope: [.finding: "A"], range: range)))
    else {
      Issue.record("there is a card")
      return
    }
    #expect(finding.pushers == ["ci"])
  }

  @Test func retentionForgetsScansThatNobodyAsksFor() throws {
    let store = try store(
      [], [scan(1, "sha256:1", ["A"])], [push(0, "sha256:1", "latest")])
    var renewed = Changes()
    renewed.scans = [scan(2, "sha256:2", ["A"])]
    renewed.changedAt = Self.start + 1_000
    try store.commit(renewed)
    while try store.retire(before: Self.start + 500) {}
    let left = try store.pool.read { database in
      try ["scans", "scan_bodies", "image_tags", "pushes"].map { table in
        try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(table)") ?? 0
      }
    }
    #expect(left == [1, 1, 0, 0])
  }
}
