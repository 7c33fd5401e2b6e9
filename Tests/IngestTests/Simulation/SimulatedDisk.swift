import Glibc

@testable import Ingest

/// A file system in memory with what kernels do to those who follow files: inodes that are used
/// again at once, files that live on without a name, permissions, links, and notices of changes.
///
/// Unchecked: one thread drives the follower's loop, its readers and this disk in turn.
final class SimulatedDisk: ScriptedDisk, @unchecked Sendable {
  struct Node {
    var kind: FileFacts.Kind
    var bytes: [UInt8] = []
    var entries: [[UInt8]: UInt64] = [:]
    var target: [UInt8] = []
    var isReadable = true
    var modified: Int64 = 0
    var names = 0
    var opens = 0
  }

  static let root = "/logs"

  private(set) var nodes: [UInt64: Node] = [:]
  private var freeInodes: [UInt64] = []
  private var nextInode: UInt64 = 3
  private var writes: Int64 = 0
  /// Told of each change: the directory, the kind, the entry's name.
  var notify: (UInt64, Change.Kind, [UInt8]) -> Void = { _, _, _ in }

  init() {
    nodes[1] = Node(kind: .directory, names: 1)
    nodes[2] = Node(kind: .directory, names: 1)
    nodes[1]?.entries[Array("logs".utf8)] = 2
  }

  // MARK: What programs do

  func apply(_ operation: DiskOperation) {
    switch operation {
    case .append(let path, let bytes, let closes): append(path, bytes, closes: closes)
    case .truncate(let path):
      guard let (parent, name) = place(path), let inode = nodes[parent]?.entries[name] else {
        return
      }
      change(inode) { $0.bytes = [] }
      notify(parent, .touched, name)
    case .rename(let path, let to): rename(path, to: to)
    case .copy(let path, let to):
      guard let inode = find(path) else { return }
      append(to, nodes[inode]?.bytes ?? [], closes: true)
    case .unlink(let path):
      guard let (parent, name) = place(path) else { return }
      unlink(name, in: parent)
      notify(parent, .left, name)
    case .makeDirectory(let path): _ = directory(path)
    case .permit(let path, let isReadable):
      guard let inode = find(path) else { return }
      nodes[inode]?.isReadable = isReadable
    case .link(let path, let to):
      guard let (parent, name) = place(path), nodes[parent]?.entries[name] == nil else { return }
      let inode = make(.link, name, in: parent)
      nodes[inode]?.target = Array(to.utf8)
      notify(parent, .touched, name)
    }
  }

  func exists(_ path: String) -> Bool { find(path) != nil }

  private func append(_ path: String, _ bytes: [UInt8], closes: Bool) {
    guard let (parent, name) = place(path) else { return }
    let known = nodes[parent]?.entries[name]
    let inode = known ?? make(.file, name, in: parent)
    if known == nil { notify(parent, .touched, name) }
    change(inode) { $0.bytes += bytes }
    notify(parent, .touched, name)
    if closes { notify(parent, .finished, name) }
  }

  private func rename(_ path: String, to: String) {
    guard let (parent, name) = place(path), let inode = nodes[parent]?.entries[name],
      let (target, newName) = place(to)
    else { return }
    unlink(newName, in: target)
    nodes[parent]?.entries[name] = nil
    nodes[target]?.entries[newName] = inode
    notify(parent, .left, name)
    let isDirectory = nodes[inode]?.kind == .directory
    notify(target, isDirectory ? .directory : .finished, newName)
    if isDirectory { notify(inode, .left, []) }
  }

  private func change(_ inode: UInt64, _ body: (inout Node) -> Void) {
    guard var node = nodes[inode] else { return }
    body(&node)
    writes += 1
    node.modified = writes
    nodes[inode] = node
  }

  private func make(_ kind: FileFacts.Kind, _ name: [UInt8], in parent: UInt64) -> UInt64 {
    // The one that was freed last first, as ext4 does.
    let inode = freeInodes.popLast() ?? nextInode
    if inode == nextInode { nextInode += 1 }
    writes += 1
    nodes[inode] = Node(kind: kind, modified: writes, names: 1)
    nodes[parent]?.entries[name] = inode
    return inode
  }

  private func unlink(_ name: [UInt8], in parent: UInt64) {
    guard let inode = nodes[parent]?.entries.removeValue(forKey: name) else { return }
    nodes[inode]?.names -= 1
    reclaim(inode)
  }

  private func reclaim(_ inode: UInt64) {
    guard let node = nodes[inode], node.names == 0, node.opens == 0 else { return }
    nodes[inode] = nil
    freeInodes.append(inode)
  }

  // MARK: Handles

  func open(_ inode: UInt64) { nodes[inode]?.opens += 1 }

  func close(_ inode: UInt64) {
    nodes[inode]?.opens -= 1
    reclaim(inode)
  }

  // MARK: Paths

  /// The directory of a path under the root, made with its parents, and the name in it.
  private func place(_ path: String) -> (UInt64, [UInt8])? {
    let parts = path.utf8.split(separator: 0x2f).map(Array.init)
    guard let name = parts.last else { return nil }
    return (directory(path.utf8.split(separator: 0x2f).dropLast().map(Array.init)), name)
  }

  private func directory(_ path: String) -> UInt64 {
    directory(path.utf8.split(separator: 0x2f).map(Array.init))
  }

  private func directory(_ parts: [[UInt8]]) -> UInt64 {
    var at: UInt64 = 2
    for part in parts {
      if let next = nodes[at]?.entries[part] {
        at = next
      } else {
        let next = make(.directory, part, in: at)
        notify(at, .directory, part)
        at = next
      }
    }
    return at
  }

  private func find(_ path: String) -> UInt64? {
    try? resolve(Array("\(Self.root)/\(path)".utf8), followsLast: false).inode
  }

  /// The inode at an absolute path, and the path without links.
  func resolve(
    _ path: [UInt8], followsLast: Bool
  ) throws(IngestProblem) -> (inode: UInt64, path: [[UInt8]]) {
    var rest = path.split(separator: 0x2f).map(Array.init)
    var at: [UInt64] = [1]
    var names: [[UInt8]] = []
    var links = 0
    while !rest.isEmpty {
      let part = rest.removeFirst()
      if part == Array(".".utf8) { continue }
      if part == Array("..".utf8) {
        if at.count > 1 { at.removeLast() }
        _ = names.popLast()
        continue
      }
      guard let directory = at.last, let node = nodes[directory], node.kind == .directory else {
        throw .system(ENOTDIR)
      }
      guard let next = node.entries[part], let found = nodes[next] else { throw .system(ENOENT) }
      if found.kind == .link, followsLast || !rest.isEmpty {
        links += 1
        guard links < 40 else { throw .system(ELOOP) }
        if found.target.first == 0x2f { (at, names) = ([1], []) }
        rest = found.target.split(separator: 0x2f).map(Array.init) + rest
        continue
      }
      at.append(next)
      names.append(part)
    }
    return (at.last ?? 1, names)
  }
}
