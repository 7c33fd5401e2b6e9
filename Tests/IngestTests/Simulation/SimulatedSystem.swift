import Glibc
import TestSupport

@testable import Ingest

/// The system that a simulated follower runs on: a simulated disk, a clock that only tests move,
/// and faults that a seed decides.
///
/// Unchecked: one thread drives the follower's loop, its readers and this system in turn.
final class SimulatedSystem: FileSystem, MonotonicClock, @unchecked Sendable {
  /// What goes wrong, each as one chance in so many calls; nil is never.
  struct Faults {
    var call: Int?
    var notice: Int?
    var watch: Int?
  }

  static let noticeLimit = 48

  let disk = SimulatedDisk()
  var faults = Faults()
  private(set) var struck: [String] = []
  private(set) var now: ContinuousClock.Instant
  /// Called before each call of the follower: what others do between two of its calls.
  var interlude: () -> Void = {}

  private var random: SplitMix64
  private var feeds: [Feed] = []
  private var opens = 0

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    now = ContinuousClock.now
    disk.notify = { [weak self] directory, kind, name in self?.tell(directory, kind, name) }
  }

  func advance(to time: ContinuousClock.Instant) { now = max(now, time) }

  private func roll(_ sides: Int) -> Int { Int(random.next() % UInt64(sides)) }

  private func happens(_ chance: Int?) -> Bool { chance.map { roll($0) == 0 } ?? false }

  /// Comes before each call: others do something, or the call fails.
  fileprivate func begin(_ call: String, _ errors: [Int32]) throws(IngestProblem) {
    interlude()
    guard happens(faults.call) else { return }
    let error = errors[roll(errors.count)]
    struck.append("\(call): \(String(cString: strerror(error)))")
    throw .system(error)
  }

  // MARK: FileSystem

  func facts(of path: FilePath, followingLinks: Bool) throws(IngestProblem) -> FileFacts {
    try begin("stat \(path.shown)", [EIO, ESTALE, EACCES])
    return try facts(of: disk.resolve(path.bytes, followsLast: followingLinks).inode)
  }

  func facts(of inode: UInt64) throws(IngestProblem) -> FileFacts {
    guard let node = disk.nodes[inode] else { throw .system(ENOENT) }
    return FileFacts(
      id: FileID(device: 1, inode: inode), size: Int64(node.bytes.count),
      modified: node.modified, kind: node.kind)
  }

  func open(_ path: FilePath) throws(IngestProblem) -> any OpenFile {
    try begin("open \(path.shown)", [EIO, ESTALE, EMFILE, ENFILE, EACCES])
    guard opens < descriptorLimit else { throw .system(EMFILE) }
    let inode = try disk.resolve(path.bytes, followsLast: true).inode
    guard let node = disk.nodes[inode], node.isReadable else { throw .system(EACCES) }
    guard node.kind == .file else { throw .notAFile }
    return Handle(self, inode)
  }

  func names(in directory: FilePath) throws(IngestProblem) -> [[UInt8]] {
    try begin("list \(directory.shown)", [EIO, ESTALE, EMFILE, EACCES])
    guard opens < descriptorLimit else { throw .system(EMFILE) }
    let inode = try disk.resolve(directory.bytes, followsLast: true).inode
    guard let node = disk.nodes[inode], node.kind == .directory else { throw .system(ENOTDIR) }
    return node.entries.keys.sorted { $0.lexicographicallyPrecedes($1) }
  }

  func realPath(_ path: FilePath) -> FilePath? {
    guard let found = try? disk.resolve(path.bytes, followsLast: true) else { return nil }
    return FilePath(bytes: [0x2f] + found.path.joined(separator: [0x2f]))
  }

  func tellsChanges(under path: FilePath) -> Bool { true }

  var descriptorLimit: Int { 8 }

  func changeFeed() -> (any ChangeFeed)? {
    guard !happens(faults.watch) else { return nil }
    let feed = Feed(self)
    feeds = [feed]  // that of a follower that crashed is gone with it
    return feed
  }

  // MARK: Notices

  private func tell(_ directory: UInt64, _ kind: Change.Kind, _ name: [UInt8]) {
    guard !happens(faults.notice) else {
      struck.append("a notice of \(String(decoding: name, as: UTF8.self)) is lost")
      return
    }
    for feed in feeds {
      feed.add(directory, kind, name, place: happens(faults.notice) ? roll(8) : 0)
      if happens(faults.notice) { feed.add(directory, kind, name, place: 0) }
    }
  }

  private final class Feed: ChangeFeed {
    let descriptor: Int32 = -1
    private let system: SimulatedSystem
    private var watched: [UInt64: Int32] = [:]
    private var changes: [Change] = []

    init(_ system: SimulatedSystem) { self.system = system }

    func watch(_ directory: FilePath) throws(IngestProblem) -> Int32 {
      try system.begin("watch \(directory.shown)", [ENOSPC, ENOMEM])
      guard !system.happens(system.faults.watch) else { throw .system(ENOSPC) }
      let inode = try system.disk.resolve(directory.bytes, followsLast: true).inode
      if let known = watched[inode] { return known }
      watched[inode] = Int32(watched.count + 1)
      return Int32(watched.count)
    }

    /// Adds a change, not at the end but so many places before it where notices overtake.
    func add(_ directory: UInt64, _ kind: Change.Kind, _ name: [UInt8], place: Int) {
      guard let watch = watched[directory], changes.last?.kind != .overflow else { return }
      guard changes.count < SimulatedSystem.noticeLimit else {
        return changes.append(Change(watch: -1, kind: .overflow))
      }
      changes.insert(
        Change(watch: watch, kind: kind, name: name), at: max(0, changes.count - place))
    }

    func next() -> [Change] {
      defer { changes = [] }
      return changes
    }
  }

  private final class Handle: OpenFile, @unchecked Sendable {
    private let system: SimulatedSystem
    private let inode: UInt64

    init(_ system: SimulatedSystem, _ inode: UInt64) {
      self.system = system
      self.inode = inode
      system.opens += 1
      system.disk.open(inode)
    }

    deinit {
      system.opens -= 1
      system.disk.close(inode)
    }

    func facts() throws(IngestProblem) -> FileFacts {
      try system.begin("fstat \(inode)", [EIO, ESTALE])
      return try system.facts(of: inode)
    }

    func read(
      into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(IngestProblem) -> Int {
      try system.begin("read \(inode)", [EIO, ESTALE])
      let bytes = system.disk.nodes[inode]?.bytes.dropFirst(Int(offset)).prefix(buffer.count) ?? []
      buffer.copyBytes(from: bytes)
      return bytes.count
    }
  }
}
