import CellGrid
import Events
import Findings
import SafeText

extension State {
  /// What the upper part of a view tells, line by line, for so many columns.
  func cardLines(width: Int) -> [[Span]] {
    if view == .suppressions { return suppressionCard }
    return switch place.card {
    case .repositories(let page)?: page.lines.first.map(repositoryCard) ?? []
    case .imageCard(let card?)?: imageCard(card)
    case .findingCard(let card?)?: findingCard(card, width)
    case .userCard(let card?)?: userCard(card, width)
    case .sources(let page)?: page.lines.first.map(sourceCard) ?? []
    case .drilldown(let result)?, .search(let result)?: drilldownCard(result, width)
    case .files(let summary)?: filesCard(summary) + problemLines(width)
    default: []
    }
  }

  /// What stands beside the title of the card.
  var cardDetail: [String] {
    if view == .suppressions { return ["as terms of filter macros"] }
    return switch place.card {
    case .userCard(let card?)?:
      [
        "risk \(Wording.count(card.risk24h)) in 24 hours",
        "\(Wording.count(card.risk7d)) in 7 days",
        card.scannerNote.map { "known scanner: \($0)" } ?? "",
        "distinct \(Wording.count(card.distinct7d))",
      ]
    case .drilldown(let result)?, .search(let result)?:
      [Wording.counted(result.table.rows.count, "row")]
    case .files(let summary)?: [Wording.counted(summary.files, "file")]
    case nil: [place.searching ?? "loading"]
    default: [timeTitle]
    }
  }

  private func repositoryCard(_ line: RepositoryLine) -> [[Span]] {
    [
      severities(line.severities) + label("   images ") + [Span(Wording.count(line.images))]
        + label("   last 24 h ")
        + [Span(Bars.sparkline(line.hours, width: 24, isASCII: settings.isASCII), .bar)],
      label("first seen ") + [Span(moment(line.firstSeen))] + label("   last seen ")
        + [Span(moment(line.lastSeen))],
    ] + (line.ownership.map { [ownership($0)] } ?? [])
  }

  private func ownership(_ ownership: Ownership) -> [Span] {
    label("owner ") + value(ownership.owner) + label("   environment ")
      + value(ownership.environment) + label("   days to mend: HIGH ")
      + [Span(Wording.count(ownership.highDays))] + label(", CRITICAL ")
      + [Span(Wording.count(ownership.criticalDays))]
  }

  private func imageCard(_ card: ImageCard) -> [[Span]] {
    [
      severities(card.severities) + label("   account ") + value(card.account)
        + label("   region ") + value(card.region),
      label("digest ") + [Span(card.image)],
      label("first seen ") + [Span(moment(card.firstSeen))] + label("   last seen ")
        + [Span(moment(card.lastSeen))],
      label(card.repositories.count == 1 ? "repository " : "repositories ")
        + listed(card.repositories),
    ] + origin(card.origin)
  }

  /// Tags, who pushed it and when, and how much of its newest scan has been seen.
  private func origin(_ origin: ImageOrigin) -> [[Span]] {
    let tags = origin.tags.isEmpty ? nil : origin.tags.joined(separator: ", ")
    var first = label(origin.tags.count == 1 ? "tag " : "tags ") + value(tags)
    if let push = origin.push {
      first += label("   pushed by ") + [Span(push.user ?? Wording.noUser)]
      if let tag = push.tag { first += label(" as ") + [Span(tag)] }
      first += label("  ") + [Span(moment(push.time))]
    }
    guard let scan = origin.scan else { return [first] }
    let extent = CellText.extent(scan)
    return [
      first,
      label("newest scan ") + [Span(moment(scan.completed))] + label("   findings seen ")
        + [Span(extent.text, extent.role)],
    ]
  }

  private func findingCard(_ card: FindingCard, _ width: Int) -> [[Span]] {
    let counts =
      severities(card.severities) + label("   repositories ")
      + [Span(Wording.count(card.repositories))] + label("   images ")
      + [Span(Wording.count(card.images))]
    let times =
      label("first seen ") + [Span(moment(card.firstSeen))] + label("   last seen ")
      + [Span(moment(card.lastSeen))]
    let pushers =
      card.pushers.isEmpty
      ? [] : [label("images pushed by ") + listed(card.pushers)]
    let names = card.sample.map { Wording.width($0.name) }.max() ?? 0
    return (width < 100 ? [counts, times] : [counts + [Span("   ")] + times]) + pushers
      + card.sample.flatMap { field -> [[Span]] in
        let blanks = String(repeating: " ", count: max(0, names - Wording.width(field.name)) + 2)
        let line = DocumentLine([Span(Wording.flat(field.value), .text, as: .prose)])
        let room = max(10, width - names - 2)
        let indent = String(repeating: " ", count: names + 2)
        return rows(of: line, width: room, most: 3).enumerated().map { index, spans in
          (index == 0 ? label(field.name + blanks) : [Span(indent)]) + spans
        }
      }
  }

  private func sourceCard(_ line: SourceLine) -> [[Span]] {
    [
      label("users ") + [Span(Wording.count(line.users))] + label("   rows ")
        + [Span(Wording.count(line.rows))] + label("   last seen ") + [Span(moment(line.lastSeen))]
    ]
  }

  private func drilldownCard(_ result: DrilldownResult, _ width: Int) -> [[Span]] {
    var colours = SearchColours()
    let lines = result.search.split(separator: "\n").flatMap { line in
      rows(of: DocumentLine(colours.spans(of: String(line)), hang: 2), width: width, most: 200)
    }
    let most = place.showsWholeSearch ? lines.count : State.searchLines
    let search =
      lines.count <= most
      ? lines : lines.prefix(most - 1) + [label("w shows the whole search, \(lines.count) lines")]
    // A diagnostic has a line with a caret below the search's.
    let note = (result.note ?? "").split(separator: "\n").map { [Span(String($0), .warning)] }
    return search + note
  }

  /// Lines of a search that stand over its rows unless all of it is wanted.
  static let searchLines = 3

  /// `CRITICAL 41   HIGH 1,284`: each severity that there is, the worst first.
  func severities(_ counts: [String: Int]) -> [Span] {
    let known = Severity.all.filter { counts[$0] != nil }
    let others = counts.keys.filter { !Severity.all.contains($0) }.sorted()
    let words = known + others
    guard !words.isEmpty else { return [Span("no findings", .muted)] }
    return words.enumerated().flatMap { index, word in
      [
        Span(index == 0 ? "" : "  "),
        Span("\(word) \(Wording.count(counts[word] ?? 0))", Severity.role(word)),
      ]
    }
  }

  /// Each name a span of its own, which a press leads from.
  private func listed(_ names: [String]) -> [Span] {
    names.enumerated().flatMap { index, name in [Span(index == 0 ? "" : ", "), Span(name)] }
  }

  func label(_ text: String) -> [Span] { [Span(text, .muted)] }

  private func value(_ text: String?) -> [Span] { [text.map { Span($0) } ?? Span("-", .muted)] }

  private func moment(_ time: Timestamp) -> String { Wording.moment(time, today: clock) }
}
