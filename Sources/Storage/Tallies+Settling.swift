internal import GRDB

extension Tallies {
  /// Writes what has changed; to be called once, when all rows are written.
  mutating func settle(_ database: Database) throws {
    try settleFindings(database)
    try settlePairs()
    try write(database)
  }

  private mutating func settleFindings(_ database: Database) throws {
    let update = try RawStatement(
      database, "UPDATE findings SET first_seen = ?, last_seen = ?, rank = ? WHERE pk = ?")
    for span in findings {
      let now = span.isOpen ? try read.countedSpan(of: span.finding) : span.now
      move(Key(kind: .findings, hour: 0, key: 0), from: span.before?.last, to: now?.last)
      for part in span.parts {
        let now =
          try part.now ?? read.hasRow(of: span.finding, from: part.start, hours: part.hours)
        guard now != part.before else { continue }
        lines[Key(kind: .findingsSeen, hour: part.start, key: part.hours)].add(now ? 1 : -1)
      }
      guard now != span.written else { continue }
      update.bind(now?.first, at: 1)
      update.bind(now?.last, at: 2)
      update.bind(now?.rank, at: 3)
      update.bind(span.finding, at: 4)
      try update.run()
    }
  }

  private mutating func settlePairs() throws {
    for span in pairs {
      let severity = span.pair.severity
      let now = span.last.isOpen ? try read.last(span.pair, in: nil).anywhere : span.last.now
      move(
        Key(kind: .pairs, hour: 0, key: 0, other: severity), from: span.last.before, to: now)
      for (repository, last) in span.inRepositories {
        let now =
          last.isOpen ? try read.last(span.pair, in: repository).inRepository : last.now
        if repository != 0 {
          move(
            Key(kind: .repositoryPairs, hour: 0, key: repository, other: severity),
            from: last.before, to: now)
        }
        if let image = span.pair.image {
          let place = try places.number(of: image, in: repository == 0 ? nil : repository)
          move(
            Key(kind: .placePairs, hour: 0, key: place, other: severity), from: last.before,
            to: now)
        }
      }
    }
  }

  /// Moves one from the hour of a time to that of another; nil is none.
  private mutating func move(_ key: Key, from before: Int64?, to now: Int64?) {
    let (old, new) = (before.map(TallyKind.hour(of:)), now.map(TallyKind.hour(of:)))
    guard old != new else { return }
    var key = key
    if let old {
      key.hour = old
      lines[key].add(-1)
    }
    if let new {
      key.hour = new
      lines[key].add(1)
    }
  }

  private func write(_ database: Database) throws {
    let put = try RawStatement(
      database,
      """
      INSERT INTO tallies (kind, hour, key, other, n, first, last) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET n = n + excluded.n,
        first = iif(kind IN \(TallyKind.ofRisk), first + excluded.first, min(first, ifnull(?8, first))),
        last = max(last, ifnull(?9, last))
      """)
    let replace = try RawStatement(
      database,
      """
      INSERT OR REPLACE INTO tallies (kind, hour, key, other, n, first, last)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    let drop = try RawStatement(
      database, "DELETE FROM tallies WHERE kind = ? AND hour = ? AND key = ? AND other = ?")
    let dropEmpty = try RawStatement(
      database,
      """
      DELETE FROM tallies WHERE kind = ? AND hour = ? AND key = ? AND other = ? AND
        iif(kind IN \(TallyKind.ofRisk), first, n) = 0
      """)
    for (key, change) in lines.all.sorted(by: { $0.key < $1.key })
    where !open.contains(key) && !change.isNothing {
      put.bind(key)
      put.bind(change.n, at: 5)
      put.bind(change.first ?? 0, at: 6)
      put.bind(change.last ?? 0, at: 7)
      put.bind(change.first, at: 8)
      put.bind(change.last, at: 9)
      try put.run()
      guard change.n < 0 || change.first ?? 0 < 0 || key.kind.isRisk else { continue }
      dropEmpty.bind(key)
      try dropEmpty.run()
    }
    for key in open {
      let counted = try read.counted(key)
      let statement = counted.n == 0 ? drop : replace
      statement.bind(key)
      if counted.n > 0 {
        statement.bind(counted.n, at: 5)
        statement.bind(counted.first, at: 6)
        statement.bind(counted.last, at: 7)
      }
      try statement.run()
    }
  }
}

extension TallyLines.Key: Comparable {
  /// The order of the table, in which writing is cheapest.
  static func < (left: TallyLines.Key, right: TallyLines.Key) -> Bool {
    (left.kind.rawValue, left.hour, left.key, left.other)
      < (right.kind.rawValue, right.hour, right.key, right.other)
  }
}

extension RawStatement {
  fileprivate func bind(_ key: TallyLines.Key) {
    bind(key.kind.rawValue, at: 1)
    bind(key.hour, at: 2)
    bind(key.key, at: 3)
    bind(key.other, at: 4)
  }
}
