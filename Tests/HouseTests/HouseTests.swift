import Foundation
import Testing

/// The house as it stands on disk: which targets import which, and how long the files are.
@Suite struct House {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Name and dependencies of each target, as Package.swift lists them.
  private static func rooms() throws -> [String: Set<String>] {
    let manifest = try String(
      contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    var rooms: [String: Set<String>] = [:]
    let target = /(?:room\(|executableTarget\(|\.target\()\s*(?:name: )?"(\w+)"/
    let starts = manifest.matches(of: target)
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1].range.lowerBound : manifest.endIndex
      let entry = manifest[start.range.upperBound..<end].prefix { $0 != "\n" || true }
      let names = entry.prefix(upTo: entry.firstRange(of: "// ")?.lowerBound ?? entry.endIndex)
        .matches(of: /"([\w.-]+)"/).map { String($0.output.1) }
      rooms[String(start.output.1)] = Set(names)
    }
    return rooms
  }

  private static func swiftFiles(below folder: String) -> [URL] {
    let files = FileManager.default.enumerator(
      at: root.appending(path: folder), includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
  }

  @Test func everyImportIsDeclared() throws {
    let rooms = try Self.rooms()
    #expect(rooms.count > 20)
    let systems: Set = ["Glibc", "Foundation", "Synchronization", "Dispatch"]
    var imports = 0
    for file in Self.swiftFiles(below: "Sources") {
      let room = file.pathComponents[file.pathComponents.firstIndex(of: "Sources")! + 1]
      let declared = try #require(rooms[room], "\(room) is not in Package.swift")
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.matches(of: /(?m)^(?:\w+ )?import (?:\w+ )?(\w+)/) {
        let module = String(line.output.1)
        imports += 1
        #expect(
          declared.contains(module) || systems.contains(module),
          "\(file.lastPathComponent) of \(room) imports \(module), which Package.swift does not give it"
        )
      }
    }
    #expect(imports > 50)
  }

  /// What docs/reliability.md says is tested names its tests, as `Suite/test` or by their script.
  @Test func everyTestOfTheFaultTableIsThere() throws {
    let page = try String(
      contentsOf: Self.root.appending(path: "docs/reliability.md"), encoding: .utf8)
    let tests = try Self.swiftFiles(below: "Tests").map {
      try String(contentsOf: $0, encoding: .utf8)
    }
    var named = 0
    for line in page.split(separator: "\n") where line.hasPrefix("| ") {
      for name in line.matches(of: /`(Tests\/Long|Benchmarks)\/(\w+)`/) {
        named += 1
        let script = Self.root.appending(path: "\(name.output.1)/\(name.output.2)").path
        #expect(FileManager.default.isExecutableFile(atPath: script), "\(name.output.0)")
      }
      for name in line.matches(of: /`([A-Z]\w+)\/([a-z]\w+)`/) where name.output.1 != "Benchmarks" {
        named += 1
        let isThere = tests.contains {
          $0.contains("struct \(name.output.1) ") && $0.contains("func \(name.output.2)(")
        }
        #expect(isThere, "\(name.output.0)")
      }
    }
    #expect(named >= 31)
  }

  @Test func noFoundationWhereRecordsAreRead() throws {
    let bare = [
      "JSON", "Events", "SPL", "Streaming", "CloudTrail", "CellGrid", "SafeText", "Interface",
      "Findings",
    ]
    for room in bare {
      for file in Self.swiftFiles(below: "Sources/\(room)") {
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(!text.contains("import Foundation"), "\(room)/\(file.lastPathComponent)")
      }
    }
  }

  @Test func noFileIsLongerThanFiveHundredLines() throws {
    for folder in ["Sources", "Tests", "Benchmarks"] {
      for file in Self.swiftFiles(below: folder) {
        let lines = try String(contentsOf: file, encoding: .utf8).utf8.count { $0 == 10 }
        #expect(lines <= 500, "\(file.path()) has \(lines) lines")
      }
    }
  }
}
