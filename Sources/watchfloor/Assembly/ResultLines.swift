import DetectionEngine
import Detections
import Export
import Findings

/// Writes rows as lines of JSON while they are made: on all cores, in their order, and never all
/// of them at once.
struct ResultLines {
  private struct Part {
    var form: JSONLine
    var rows: AdHocTable
    var range: Range<Int>

    var bytes: [UInt8] {
      var bytes: [UInt8] = []
      rows.forEachRow(in: range) { form.append($0, to: &bytes) }
      return bytes
    }
  }

  /// Rows that are made and written together.
  private static let partSize = 256
  /// Bytes of rows that come one after another, written together.
  private static let pieceSize = 64 << 10
  /// Parts that may wait to be written.
  private static let waiting = 8

  private struct Section {
    var form: JSONLine
    var rows: AdHocTable

    var parts: [Part] {
      stride(from: 0, to: rows.count, by: ResultLines.partSize).map { start in
        Part(form: form, rows: rows, range: start..<min(start + ResultLines.partSize, rows.count))
      }
    }
  }

  private let sections: [Section]

  /// With several results each row tells its search.
  init(_ results: [AdHocRun.Result]) {
    sections = results.map { result in
      let form = JSONLine(
        columns: result.rows.columns,
        searchName: results.count > 1 ? result.rule.detection.searchName : nil)
      return Section(form: form, rows: result.rows)
    }
  }

  /// Hands the lines to `write`, piece by piece, in order.
  func write(threads: Int, _ write: ([UInt8]) -> Void) throws(ScratchProblem) {
    var parts: [Part] = []
    for section in sections {
      guard section.rows.isSpilled else {
        parts += section.parts
        continue
      }
      made(of: parts, threads, write)
      parts = []
      try spilled(section, write)
    }
    made(of: parts, threads, write)
  }

  private func made(of parts: [Part], _ threads: Int, _ write: ([UInt8]) -> Void) {
    OrderedWork(count: parts.count, threads: threads, waiting: Self.waiting)
      .run({ parts[$0].bytes }, write)
  }

  /// Rows that did not fit into memory come one after another.
  private func spilled(
    _ section: Section, _ write: ([UInt8]) -> Void
  ) throws(ScratchProblem) {
    var bytes: [UInt8] = []
    try section.rows.forEachRow { row in
      section.form.append(row, to: &bytes)
      guard bytes.count > Self.pieceSize else { return }
      write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    write(bytes)
  }
}
