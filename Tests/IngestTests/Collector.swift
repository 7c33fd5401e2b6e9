import Workers

@testable import Ingest

/// A unit as a sink was given it.
struct Unit: Equatable, Hashable, Sendable, CustomStringConvertible {
  var offset: Int64
  var text: String

  var description: String { "\(offset): \(text.prefix(80))" }
}

/// What the sinks of a run were given, by path, settled checkpoint by checkpoint.
struct Collected: Sendable {
  var units: [String: [Unit]] = [:]
  var progress: [String: FileProgress] = [:]
  var bad: [String: [BadUnit]] = [:]
  var records: [String: Int64] = [:]

  var texts: [String] { units.values.flatMap { $0.map(\.text) }.sorted() }
}

/// Keeps what it is given for the test to look at; what is discarded never shows.
final class Collector: RecordSink {
  private let collected: Shared<Collected>
  private var pending: [(path: String, unit: Unit)] = []

  init(_ collected: Shared<Collected>) { self.collected = collected }

  func unit(_ bytes: UnsafeRawBufferPointer, at offset: Int64, in path: String) {
    pending.append((path, Unit(offset: offset, text: String(decoding: bytes, as: UTF8.self))))
  }

  func checkpoint(_ progress: FileProgress) {
    collected.withLock { collected in
      for (path, unit) in pending { collected.units[path, default: []].append(unit) }
      collected.progress[progress.path] = progress
      collected.bad[progress.path, default: []] += progress.badUnits
      collected.records[progress.path, default: 0] += progress.recordsAdded
    }
    pending = []
  }

  func discard() { pending = [] }
}

/// Bytes that come in pieces of the given sizes, over and over.
final class PiecewiseSource: ByteSource {
  private var rest: ArraySlice<UInt8>
  private let sizes: [Int]
  private var turn = 0

  init(_ bytes: [UInt8], sizes: [Int]) {
    rest = bytes[...]
    self.sizes = sizes
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestProblem) -> Int {
    let piece = rest.prefix(min(buffer.count, sizes[turn % sizes.count]))
    turn += 1
    buffer.copyBytes(from: piece)
    rest = rest.dropFirst(piece.count)
    return piece.count
  }
}

let framing = Framing(arrayKeys: ["Records", "Events", "logEvents"])

/// What framing a text gave.
struct Framed: Equatable {
  var units: [Unit] = []
  var bad: [BadUnit] = []
  var records: Int64 = 0
  var ending = DocumentFramer.Ending.whole
}

/// Frames a text that comes in pieces, as lines or as a document.
func frame(
  _ text: String, asLines: Bool, needles: [String]? = nil, pieces: [Int] = [1 << 20],
  chunk: Int = 64
) throws -> Framed {
  let collected = Shared(Collected())
  let prefilter = Prefilter(alternatives: needles.map { $0.map { Array($0.utf8) } })
  let output = UnitOutput(sink: Collector(collected), prefilter: prefilter)
  output.begin("text")
  let window = Window(chunk: chunk)
  window.open(PiecewiseSource(Array(text.utf8), sizes: pieces), at: 0)
  var framed = Framed()
  if asLines {
    var framer = LineFramer(window, line: Window(chunk: chunk), framing: framing, output: output)
    try framer.run()
    framer.finish()
  } else {
    var framer = DocumentFramer(window, framing: framing, output: output)
    framed.ending = try framer.run()
  }
  output.checkpoint(
    FileProgress(
      path: "text", state: .complete, reason: nil, offset: 0, size: 0, records: 0, checkpoint: []))
  let result = collected.snapshot
  framed.units = result.units["text"] ?? []
  framed.bad = result.bad["text"] ?? []
  framed.records = result.records["text"] ?? 0
  return framed
}
