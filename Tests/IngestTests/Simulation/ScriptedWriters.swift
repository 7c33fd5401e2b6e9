import Compression
import TestSupport

/// Programs that write, rotate, deliver and delete logs, in an order that a seed decides, with a
/// model of what is then on the disk.
///
/// The same seed plays the same operations whatever the follower does meanwhile.
struct ScriptedWriters {
  /// What a file holds that the writers know of.
  struct Content {
    var bytes: [UInt8] = []
    var isReadable = true
  }

  private(set) var files: [String: Content] = [:]
  private(set) var log: [String] = []
  /// How many records there were so far; they are numbered from 1.
  private(set) var records = 0
  /// How often a record may be delivered besides once: copied while nobody can know it.
  private(set) var copies: [Int: Int] = [:]

  private let disk: any ScriptedDisk
  private var random: SplitMix64
  private var pending: [DiskOperation] = []
  /// The rest of a line whose beginning is in the file.
  private var rests: [String: [UInt8]] = [:]
  private var rotations = 0

  init(seed: UInt64, disk: any ScriptedDisk) {
    random = SplitMix64(seed: seed)
    self.disk = disk
  }

  /// Does the next thing.
  mutating func step() throws {
    if pending.isEmpty { plan() }
    while !pending.isEmpty {
      let operation = pending.removeFirst()
      guard isPossible(operation) else { continue }
      log.append(operation.description)
      apply(operation)
      return try disk.apply(operation)
    }
  }

  /// Does what was begun to the end, makes everything readable and ends every line.
  mutating func finish() throws {
    while !pending.isEmpty { try step() }
    for (path, file) in files.sorted(by: { $0.key < $1.key }) where !file.isReadable {
      pending.append(.permit(path, true))
    }
    for (path, rest) in rests.sorted(by: { $0.key < $1.key }) {
      pending.append(.append(path, rest, closes: true))
    }
    rests = [:]
    while !pending.isEmpty { try step() }
  }

  mutating func note(_ text: String) { log.append(text) }

  // MARK: What the writers do

  private mutating func roll(_ sides: Int) -> Int { Int(random.next() % UInt64(sides)) }

  private mutating func record() -> String {
    records += 1
    // Now and then longer than what is hashed of a file.
    let length = roll(12) == 0 ? 3000 + roll(3000) : roll(40)
    return "{\"n\":\(records),\"x\":\"" + String(repeating: "é", count: length) + "\"}"
  }

  private mutating func pick(_ paths: [String]) -> String? {
    paths.isEmpty ? nil : paths.sorted()[roll(paths.count)]
  }

  private var logs: [String] { files.keys.filter { $0.contains(".log") } }
  private var documents: [String] { files.keys.filter { $0.contains(".json") } }

  private mutating func plan() {
    switch roll(24) {
    case 0..<8: append()
    case 8, 9: if let path = pick(Array(rests.keys)) { finishLine(path) }
    case 10, 11: rotate()
    case 12: copyTruncate()
    case 13: rewrite()
    case 14: delete()
    case 15, 16, 17: deliver()
    case 18: deliverSlowly()
    case 19: deliverAgain()
    case 20: plantDirectory()
    case 21: permit()
    case 22: link()
    default: renameDirectory()
    }
  }

  /// Lines, the last of which may be cut anywhere, also inside a character.
  private mutating func append() {
    let path = ["a.log", "b.log", "d/c.log", "d/e/f.log"][roll(4)]
    guard files[path]?.isReadable ?? true else { return }
    var bytes = rests[path] ?? []
    rests[path] = nil
    for _ in 0...roll(4) { bytes += Array((record() + "\n").utf8) }
    if roll(2) == 0 {
      let line = Array((record() + "\n").utf8)
      let cut = roll(line.count)
      bytes += line[..<cut]
      rests[path] = Array(line[cut...])
    }
    pending = [.append(path, bytes, closes: roll(2) == 0)]
  }

  private mutating func finishLine(_ path: String) {
    guard files[path]?.isReadable == true else { return }
    pending = [.append(path, rests[path] ?? [], closes: roll(2) == 0)]
    rests[path] = nil
  }

  private mutating func rotate() {
    guard let path = pick(logs) else { return }
    rotations += 1
    let rotated = path + ".\(rotations)"
    pending = [.rename(path, to: rotated)]
    if roll(2) == 0 { pending.append(.append(path, Array((record() + "\n").utf8), closes: true)) }
    // The writer still has the old file open.
    if let rest = rests.removeValue(forKey: path) { rests[rotated] = rest }
  }

  private mutating func copyTruncate() {
    guard let path = pick(logs), files[path]?.isReadable == true else { return }
    rotations += 1
    pending = [.copy(path, to: path + ".\(rotations)"), .truncate(path)]
  }

  private mutating func rewrite() {
    guard let path = pick(logs) else { return }
    rests[path] = nil
    var bytes: [UInt8] = []
    for _ in 0...roll(9) { bytes += Array((record() + "\n").utf8) }
    pending = [.truncate(path), .append(path, bytes, closes: true)]
  }

  /// The new file of that name has the old one's inode, where inodes are used again at once.
  private mutating func delete() {
    guard let path = pick(Array(files.keys)) else { return }
    rests[path] = nil
    pending = [.unlink(path)]
    if path.contains(".log"), roll(2) == 0 {
      pending.append(.append(path, Array((record() + "\n").utf8), closes: true))
    }
  }

  private mutating func document() -> [UInt8] {
    let text = "{\"Records\":[" + (0...roll(5)).map { _ in record() }.joined(separator: ",") + "]}"
    return Array(text.utf8)
  }

  /// As aws-cli does: beside it, and renamed when it is whole.
  private mutating func deliver() {
    let document = document()
    let isGzip = roll(2) == 0
    let path = "AWSLogs/\(roll(3))/\(records).json" + (isGzip ? ".gz" : "")
    let temporary = "AWSLogs/\(records).json.gz.2Af37DEe"
    pending = [
      .append(temporary, isGzip ? Gzip.compressed(document) : document, closes: true),
      .makeDirectory(String(path.prefix(9))), .rename(temporary, to: path),
    ]
  }

  private mutating func deliverSlowly() {
    let bytes = roll(2) == 0 ? document() : Gzip.compressed(document())
    let path = "AWSLogs/slow-\(records).json" + (bytes.first == 0x1f ? ".gz" : "")
    let cut = roll(bytes.count)
    pending = [
      .append(path, Array(bytes[..<cut]), closes: roll(4) == 0),
      .append(path, Array(bytes[cut...]), closes: true),
    ]
  }

  /// The same content again, under its own name or another.
  private mutating func deliverAgain() {
    guard let path = pick(documents), let file = files[path], file.isReadable else { return }
    let temporary = "AWSLogs/\(records).json.gz.00000000"
    let isRenamed = roll(2) == 0
    let ending = path.hasSuffix(".gz") ? ".json.gz" : ".json"
    pending = [
      .append(temporary, file.bytes, closes: true),
      .rename(temporary, to: isRenamed ? "AWSLogs/again-\(records)-\(rotations)\(ending)" : path),
    ]
  }

  private mutating func plantDirectory() {
    let path = "new\(roll(3))/x/y/\(roll(3)).log"
    pending = [
      .makeDirectory(String(path.dropLast(6))),
      .append(path, Array((record() + "\n").utf8), closes: true),
    ]
  }

  private mutating func permit() {
    guard let path = pick(Array(files.keys)), let file = files[path] else { return }
    pending = [.permit(path, !file.isReadable)]
  }

  private mutating func link() {
    let (path, target) = [("loop", "."), ("d/up", ".."), ("also.log", "a.log"), ("out", "/")][
      roll(4)]
    pending = [.makeDirectory("d"), .link(path, to: target)]
  }

  private mutating func renameDirectory() {
    let (from, to) = [("d", "moved"), ("moved", "d"), ("d/e", "e")][roll(3)]
    pending = [.rename(from, to: to)]
  }
}

extension ScriptedWriters {
  // MARK: The model of the disk

  private func isDirectory(_ path: String) -> Bool {
    files.keys.contains { $0.hasPrefix(path + "/") }
  }

  private func isPossible(_ operation: DiskOperation) -> Bool {
    switch operation {
    case .append(let path, _, _): files[path]?.isReadable ?? !isDirectory(path)
    case .truncate(let path), .unlink(let path), .permit(let path, _): files[path] != nil
    case .copy(let path, let to): files[path] != nil && files[to] == nil
    case .rename(let path, let to):
      files[path] != nil ? files[to]?.isReadable ?? true : isDirectory(path) && !disk.exists(to)
    case .makeDirectory, .link: true
    }
  }

  private mutating func apply(_ operation: DiskOperation) {
    switch operation {
    case .append(let path, let bytes, _): files[path, default: Content()].bytes += bytes
    case .truncate(let path): files[path]?.bytes = []
    case .unlink(let path): files[path] = nil
    case .permit(let path, let isReadable): files[path]?.isReadable = isReadable
    case .copy(let path, let to):
      files[to] = files[path]
      for number in Self.numbers(in: files[path]?.bytes ?? []) { copies[number, default: 0] += 1 }
    case .rename(let path, let to): move(path, to: to)
    case .makeDirectory, .link: break
    }
  }

  private mutating func move(_ path: String, to target: String) {
    for (name, file) in files where name == path || name.hasPrefix(path + "/") {
      let new = target + name.dropFirst(path.count)
      files[name] = nil
      files[new] = file
      if let rest = rests.removeValue(forKey: name) { rests[new] = rest }
    }
  }

  /// The records that anyone who reads the disk now can read.
  var readable: Set<Int> {
    var numbers: Set<Int> = []
    for (path, file) in files where file.isReadable && !path.contains(".json.gz.") {
      var bytes = file.bytes
      if bytes.first == 0x1f {
        // Not whole: nobody can read it.
        guard let text = try? GzipInflater().inflated(bytes) else { continue }
        bytes = text
      }
      if path.contains(".json"), bytes.last != 0x7d || bytes.suffix(2).first != 0x5d { continue }
      numbers.formUnion(Self.numbers(in: bytes))
    }
    return numbers
  }

  /// The numbers of the whole records in a text.
  static func numbers(in bytes: [UInt8]) -> [Int] {
    let text = String(decoding: bytes, as: UTF8.self)
    return text.components(separatedBy: "{\"n\":").dropFirst().compactMap { piece in
      piece.contains("\"}") ? Int(piece.prefix { $0.isNumber }) : nil
    }
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}

extension GzipInflater {
  fileprivate func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
    try bytes.withUnsafeBytes { Array(try inflate($0, limit: 8 << 20).bytes) }
  }
}
