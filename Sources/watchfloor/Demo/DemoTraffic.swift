import Events
import Foundation
import SyntheticTrail

/// Writes the made-up company's records into a directory, in the forms that real ones come in:
/// `Records` files below `AWSLogs/` as S3 holds them, and one file that grows line by line.
struct DemoTraffic {
  private let directory: URL
  private var trail: SyntheticTrail
  private var delivered = 0

  init(directory: URL, seed: UInt64) {
    self.directory = directory
    trail = SyntheticTrail(seed: seed)
  }

  /// Writes the days before `end`: a file every `minutes` minutes, more traffic by day.
  mutating func writePast(days: Int, until end: Timestamp, every minutes: Int64 = 120) throws {
    var start = end - Int64(days) * 86_400
    while start < end {
      let hour = CalendarTime(start).hour
      let busy = (7..<19).contains(hour) ? 24 : 8
      try deliver(records: busy, from: start, seconds: minutes * 60, scanEvery: 6)
      start = start + minutes * 60
    }
  }

  /// Appends one record of this moment to `live.ndjson`.
  mutating func append(at now: Timestamp, scanEvery: Int) throws {
    let file = directory.appending(path: "live.ndjson")
    if !FileManager.default.fileExists(atPath: file.path()) {
      try Data().write(to: file)
    }
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }  // the line is written; a failing close loses nothing
    try handle.seekToEnd()
    try handle.write(contentsOf: Data((trail.record(at: now, scanEvery: scanEvery) + "\n").utf8))
  }

  /// Writes a `Records` file with some records of a stretch of time, whole at once.
  mutating func deliver(
    records count: Int, from start: Timestamp, seconds: Int64, scanEvery: Int
  ) throws {
    let times = (0..<count).map { start + Int64($0) * seconds / Int64(count) }
    let records = times.map { trail.record(at: $0, scanEvery: scanEvery) }
    let text = #"{"Records":[\#(records.joined(separator: ","))]}"#
    let day = start.date.replacing("-", with: "/")
    let folder = directory.appending(
      path: "AWSLogs/205110032875/CloudTrail/eu-central-1/\(day)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let compact = "\(start.date)T\(start.timeOfDay)".filter { $0 != "-" && $0 != ":" }
    let name =
      "205110032875_CloudTrail_eu-central-1_\(compact.dropLast(2))Z_\(serial(delivered)).json"
    delivered += 1
    try Data(text.utf8).write(to: folder.appending(path: name), options: .atomic)
  }

  /// Sixteen letters and digits that tell one delivery from the next, as S3's file names do.
  private func serial(_ number: Int) -> String {
    let digits = String(UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15, radix: 36, uppercase: true)
    return String((digits + "0000000000000000").prefix(16))
  }
}
