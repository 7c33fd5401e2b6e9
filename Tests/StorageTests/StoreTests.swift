import Findings
import Foundation
import Testing

@testable import Storage

/// Opening a state: whose it is, who may read it, and what is refused with which words.
@Suite struct StoreTests {
  private func problem(_ body: () throws -> Store) -> StorageProblem? {
    do {
      _ = try body()
      return nil
    } catch { return error as? StorageProblem }
  }

  @Test func filesAreForTheirOwnerAlone() throws {
    try withDirectory { path in
      let store = try Store.open(directory: path)
      try store.commit(LedgerTests.changes(seed: 1))
      #expect(try mode(path) == 0o700)
      for file in ["state.sqlite", "state.sqlite-wal", "state.sqlite-shm", "lock"] {
        #expect(try mode(path + "/" + file) == 0o600, "\(file)")
      }
    }
  }

  @Test func aSecondInstanceViewsWhatTheFirstWrites() throws {
    try withDirectory { path in
      let writer = try Store.open(directory: path)
      let viewer = try Store.open(directory: path)
      let pid = ProcessInfo.processInfo.processIdentifier
      #expect(writer.access == .writer)
      #expect(viewer.access == .viewer(pid: pid))
      let version = try viewer.version()
      #expect(try !viewer.hasChanged(since: version))
      let changes = LedgerTests.changes(seed: 1)
      try writer.commit(changes)
      #expect(try viewer.hasChanged(since: version))
      #expect(try viewer.hasChanged(since: viewer.version()) == false)
      #expect(try viewer.files().count == 2)
      #expect(try viewer.seen(changes.seen).count == 2)
      #expect(throws: StorageProblem.readOnly(path: path, writer: pid)) {
        try viewer.commit(changes)
      }
    }
  }

  @Test func theLockGoesWithItsStore() throws {
    try withDirectory { path in
      var store: Store? = try Store.open(directory: path)
      #expect(store?.access == .writer)
      store = nil
      #expect(try Store.open(directory: path, mode: .viewer).access == .viewer(pid: 0))
      #expect(try Store.open(directory: path).access == .writer)
    }
  }

  @Test func aViewerCreatesNothing() throws {
    try withDirectory { path in
      #expect(
        problem { try Store.open(directory: path, mode: .viewer) } == .noState(path: path))
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func aStateBelongsToItsRoots() throws {
    try withDirectory { path in
      let parent = URL(filePath: path).deletingLastPathComponent().resolvingSymlinksInPath().path
      try FileManager.default.createDirectory(
        atPath: parent + "/logs", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: parent + "/link", withDestinationPath: parent + "/logs")
      let roots = [parent + "/nowhere", parent + "/link", parent + "/logs"]
      let real = [parent + "/logs", parent + "/nowhere"]
      #expect(try Store.open(directory: path, roots: roots).roots == real)
      #expect(try Store.open(directory: path, roots: real.reversed()).roots == real)
      #expect(try Store.open(directory: path).roots == real)
      for mode in [Store.Mode.writer, .viewer] {
        let found = problem { try Store.open(directory: path, roots: [real[0]], mode: mode) }
        #expect(found == .otherRoots(path: path, found: real, wanted: [real[0]]))
        #expect(found?.sentence.contains("--state DIR") == true)
      }
    }
  }

  @Test func whatOthersCouldChangeIsRefused() throws {
    try withDirectory { path in
      _ = try Store.open(directory: path)
      for (file, bits) in [("", 0o770), ("/state.sqlite", 0o602), ("/lock", 0o620)] {
        let good = try mode(path + file)
        try FileManager.default.setAttributes(
          [.posixPermissions: bits], ofItemAtPath: path + file)
        #expect(
          problem { try Store.open(directory: path) }
            == .writableByOthers(path: path + file, mode: UInt32(bits)))
        try FileManager.default.setAttributes(
          [.posixPermissions: good], ofItemAtPath: path + file)
      }
      _ = try Store.open(directory: path)
    }
  }

  @Test func linksAreRefused() throws {
    try withDirectory { path in
      let manager = FileManager.default
      try manager.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      try manager.createSymbolicLink(atPath: path + "-link", withDestinationPath: path)
      #expect(
        problem { try Store.open(directory: path + "-link") }
          == .wrongKind(path: path + "-link", found: "symbolic link"))
      let database = path + "/state.sqlite"
      try manager.createSymbolicLink(atPath: database, withDestinationPath: path + "-aim")
      #expect(
        problem { try Store.open(directory: path) }
          == .wrongKind(path: database, found: "symbolic link"))
      #expect(!manager.fileExists(atPath: path + "-aim"))
    }
  }

  @Test func aDamagedDatabaseIsRefusedAndLeftAlone() throws {
    try withDirectory { path in
      _ = try Store.open(directory: path)
      let database = path + "/state.sqlite"
      let garbage = Data(repeating: 0x41, count: 8_192)
      try garbage.write(to: URL(filePath: database))
      for mode in [Store.Mode.writer, .viewer] {
        guard case .damaged(database, _)? = problem({ try Store.open(directory: path, mode: mode) })
        else {
          Issue.record("garbage was opened")
          continue
        }
      }
      #expect(try Data(contentsOf: URL(filePath: database)) == garbage)
    }
  }

  private func open(_ path: String, _ schema: Schema, mode: Store.Mode = .writer) throws -> Store {
    try Opening(place: StateDirectory(path: path), roots: nil, mode: mode, schema: schema).store()
  }

  private var future: Schema {
    let step = Schema.Step(
      name: "9 from the future",
      statements: ["CREATE TABLE future (x)", "INSERT INTO future SELECT count(*) FROM rows"])
    return Schema(steps: Schema.current.steps + [step])
  }

  @Test func aNewerStateIsRefused() throws {
    try withDirectory { path in
      _ = try open(path, future)
      for mode in [Store.Mode.writer, .viewer] {
        #expect(
          problem { try Store.open(directory: path, mode: mode) }
            == .newer(path: path + "/state.sqlite"))
      }
    }
  }

  @Test func anOlderStateIsCopiedAndThenBroughtUpToDate() throws {
    try withDirectory { path in
      let changes = LedgerTests.changes(seed: 1)
      try Store.open(directory: path).commit(changes)
      #expect(
        problem { try open(path, future, mode: .viewer) } == .older(path: path + "/state.sqlite"))
      let copy = path + "/state.sqlite.before-migration"
      #expect(!FileManager.default.fileExists(atPath: copy))
      #expect(try open(path, future).seen(changes.seen).count == 2)
      #expect(try mode(copy) == 0o600)
      try FileManager.default.removeItem(atPath: path + "/state.sqlite")
      try FileManager.default.moveItem(atPath: copy, toPath: path + "/state.sqlite")
      #expect(try Store.open(directory: path).seen(changes.seen).count == 2)
    }
  }

  @Test func aTemporaryStateLeavesNothing() throws {
    var store: Store? = try Store.temporary()
    let path = try #require(store).directory
    #expect(FileManager.default.fileExists(atPath: path + "/state.sqlite"))
    store = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func networkFileSystemsAreKnownByTheKernelsList() {
    let mounts = """
      22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
      41 22 0:38 / /mnt/share rw,relatime shared:2 master:1 - nfs4 host:/share rw
      short line
      """
    #expect(FileSystem.kind(on: "8:1", in: mounts) == "ext4")
    #expect(FileSystem.kind(on: "0:38", in: mounts) == "nfs4")
    #expect(FileSystem.kind(on: "9:9", in: mounts) == nil)
  }
}
