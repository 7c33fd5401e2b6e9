import CloudTrail
import DetectionEngine
import Detections
import Events
import Foundation
import Ingest
import Workers

/// A record that a rule's test brings, as the readers would hand it to the engine.
struct TestRecord: Sendable {
  let event: Event
  let identity: RecordIdentity
  let raw: [UInt8]
  let origin: RecordOrigin
}

/// Where a test's data lies, or why it does not.
enum TestDataPlace: Equatable {
  /// A file on the disk.
  case file(String)
  /// Records that are built in.
  case builtIn(TextFile)
  /// Nothing can be said about the rule without it.
  case absent(String)
  /// The test says what nobody should follow, or the file is not there though it should be.
  case wrong(String)
}

/// Finds the data of tests: on the disk only, nothing is ever downloaded.
struct TestDataShelf {
  /// What the addresses of published tests begin with.
  static let published =
    "https://media.githubusercontent.com/media/splunk/attack_data/master/"

  /// The copy of the published data; nil where there is none.
  let root: String?

  /// The place of a test's data; relative paths start from the folder of the rule's file.
  func place(of data: String, rule: String) -> TestDataPlace {
    if data.hasPrefix(Self.published) {
      guard let root else { return .absent("its data is not here; give --data-root DIR") }
      return inside(root, String(data.dropFirst(Self.published.count)))
    }
    if data.contains("://") {
      return .absent("its data is on the network: '\(data)'; nothing is downloaded")
    }
    if let builtIn = Pack.samples.first(where: { $0.path == data }), !rule.contains("/") {
      return .builtIn(builtIn)
    }
    if data.hasPrefix("/") { return checked(data) }
    let folder = URL(filePath: rule).deletingLastPathComponent().path()
    return inside(root ?? folder, data)
  }

  /// A path below a folder, links followed; nothing outside of the folder.
  private func inside(_ folder: String, _ path: String) -> TestDataPlace {
    guard !path.split(separator: "/").contains("..") else {
      return .wrong("its data '\(path)' leads out of the folder")
    }
    let whole = folder + "/" + path
    guard let real = realpath(whole, nil), let base = realpath(folder, nil) else {
      return .wrong("'\(whole)' is not there")
    }
    defer {
      free(real)
      free(base)
    }
    guard String(cString: real).hasPrefix(String(cString: base) + "/") else {
      return .wrong("'\(whole)' leads out of '\(folder)'")
    }
    return checked(String(cString: real))
  }

  private func checked(_ path: String) -> TestDataPlace {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      return .wrong("'\(path)' cannot be read")
    }
    defer { handle.closeFile() }
    let head = (try? handle.read(upToCount: 64)).flatMap { $0 } ?? Data()  // a folder has none
    if head.starts(with: Array("version https://git-lfs".utf8)) {
      return .absent("'\(path)' is an LFS pointer, run git lfs pull")
    }
    return .file(path)
  }
}

extension TestRecord {
  /// The records of a file, in its order, with the source and sourcetype that the test declares.
  ///
  /// - Throws: `Failure` where a part of it cannot be read.
  static func read(_ path: String, as data: DetectionTest.AttackData) throws -> [TestRecord] {
    let found = Shared<(records: [TestRecord], problems: [String])>(([], []))
    let reading = Reading(
      framing: Framing(arrayKeys: Envelope.arrayKeys), prefilter: Prefilter(alternatives: nil),
      readers: 1
    ) { _ in
      Collector(data) { record in
        found.withLock { $0.records.append(record) }
      } problem: { problem in
        found.withLock { $0.problems.append(problem) }
      }
    }
    let summary = ReadOnce(paths: [path], reading: reading).run(stop: StopFlag())
    if let unreadable = summary.unreadable.first {
      throw Failure("'\(unreadable.path)' cannot be read: \(unreadable.reason)")
    }
    let (records, problems) = found.snapshot
    if records.isEmpty, let problem = problems.first { throw Failure("'\(path)': \(problem)") }
    return records
  }
}

/// Takes every record of a file.
private final class Collector: RecordSink {
  private let data: DetectionTest.AttackData
  private let add: (TestRecord) -> Void
  private let problem: (String) -> Void

  init(
    _ data: DetectionTest.AttackData, add: @escaping (TestRecord) -> Void,
    problem: @escaping (String) -> Void
  ) {
    self.data = data
    self.add = add
    self.problem = problem
  }

  func unit(_ bytes: UnsafeRawBufferPointer, at offset: Int64, in path: String) {
    let unwrapped = unwrap(Array(bytes))
    for found in unwrapped.problems { problem(found.sentence) }
    for record in unwrapped.records {
      let event = record.event(source: data.source ?? path, host: Settings.host)
      let sourcetype = data.sourcetype ?? record.sourceType.rawValue
      add(
        TestRecord(
          event: Event(
            time: event.time, fields: Declared(event.fields, sourcetype: Text(sourcetype))),
          identity: record.identity, raw: Array(record.rawBytes),
          origin: RecordOrigin(path: path, offset: offset, sourcetype: sourcetype)))
    }
  }

  func checkpoint(_ progress: FileProgress) {
    for bad in progress.badUnits { problem(bad.sentence) }
  }

  func discard() {}
}

/// The fields of a record whose sourcetype is what somebody declared it to be.
private final class Declared: FieldSource {
  private let fields: any FieldSource
  private let sourcetype: Text

  init(_ fields: any FieldSource, sourcetype: Text) {
    self.fields = fields
    self.sourcetype = sourcetype
  }

  func value(of field: Text) -> Value {
    field == "sourcetype" ? .text(sourcetype) : fields.value(of: field)
  }

  var names: [Text] { fields.names }
}
