internal import GRDB
internal import Glibc

/// The steps from a path to an open store: directory, lock, database, schema, roots.
struct Opening {
  let place: StateDirectory
  let roots: [String]?
  let mode: Store.Mode
  var schema = Schema.current
  /// How many pages the database may have until it is opened anew; nil for what the disk has.
  var pageLimit: Int?

  func store() throws -> Store {
    let lock = try lockOrViewer()
    do {
      return try lock.access == .writer ? writer(lock.lock) : viewer(lock.access)
    } catch {
      throw StorageProblem(error, path: place.database)
    }
  }

  private func lockOrViewer() throws -> (lock: StateLock?, access: Store.Access) {
    switch mode {
    case .writer:
      try place.create()
      try place.check()
      try place.prepareFile(place.lockFile)
      switch try StateLock.attempt(place.lockFile) {
      case .taken(let lock): return (lock, .writer)
      case .held(let pid): return (nil, .viewer(pid: pid))
      }
    case .viewer:
      guard Glibc.access(place.database, F_OK) == 0 else {
        throw StorageProblem.noState(path: place.path)
      }
      try place.check()
      return (nil, .viewer(pid: StateLock.writer(place.lockFile)))
    }
  }

  private func writer(_ lock: StateLock?) throws -> Store {
    for file in [place.database, place.database + "-wal", place.database + "-shm"]
    where file == place.database || Glibc.access(file, F_OK) == 0 {
      try place.prepareFile(file)
    }
    let pool = try DatabasePool(path: place.database, configuration: Opening.configuration())
    let mode = try pool.writeWithoutTransaction { database in
      // What is removed at the end need not survive the loss of power.
      if place.isTemporary { try database.execute(sql: "PRAGMA synchronous = OFF") }
      return try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? ""
    }
    // A failed sync can leave SQLite in its rollback journal without an error.
    guard mode == "wal" else { throw StorageProblem.notWAL(path: place.database, found: mode) }
    try schema.prepare(pool, place)
    let own = try pool.write { try claimRoots($0) }
    if let pageLimit {
      try pool.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA max_page_count = \(pageLimit)")
      }
    }
    return try Store(
      place: place, lock: lock, access: .writer, roots: own, pool: pool, pulse: pulse())
  }

  private func viewer(_ access: Store.Access) throws -> Store {
    guard Glibc.access(place.database, F_OK) == 0 else {
      throw StorageProblem.noState(path: place.path)
    }
    try StateDirectory.checkFile(place.database)
    var settings = Opening.configuration()
    settings.readonly = true
    let pool = try DatabasePool(path: place.database, configuration: settings)
    let found = try pool.read { database in
      try schema.refuseOther(database, place)
      return try RootsFact.read(database)
    }
    try compare(found)
    return try Store(
      place: place, lock: nil, access: access, roots: found, pool: pool, pulse: pulse())
  }

  private func pulse() throws -> DatabaseQueue {
    var settings = Opening.configuration()
    settings.readonly = true
    settings.maximumReaderCount = 1
    return try DatabaseQueue(path: place.database, configuration: settings)
  }

  static func configuration() -> Configuration {
    var settings = Configuration()
    settings.label = "state"
    settings.busyMode = .timeout(5)
    settings.maximumReaderCount = 3
    settings.prepareDatabase { database in
      database.add(function: FilterNumber.function)
      try ReadCount.install(on: database)
      guard !database.configuration.readonly else {
        return try database.execute(sql: "PRAGMA cache_size = -4096")
      }
      // Ids are hashes: rows land anywhere in their index. What is not here is in the system's cache,
      // which does not make this process grow with the state.
      try database.execute(sql: "PRAGMA cache_size = -16384")
    }
    return settings
  }

  private func claimRoots(_ database: Database) throws -> [String] {
    if let found = try RootsFact.readIfSet(database) {
      try compare(found)
      return found
    }
    let own = RootsFact.real(roots ?? [])
    if roots != nil { try RootsFact.write(own, database) }
    return own
  }

  private func compare(_ found: [String]) throws {
    guard let roots else { return }
    let wanted = RootsFact.real(roots)
    guard found.map(\.utf8).elementsEqual(wanted.map(\.utf8), by: { $0.elementsEqual($1) }) else {
      throw StorageProblem.otherRoots(path: place.path, found: found, wanted: wanted)
    }
  }
}
