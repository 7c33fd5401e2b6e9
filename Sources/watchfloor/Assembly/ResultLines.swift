import DetectionEngine
import Detections
import Export

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
  /// Parts that may wait to be written.
  private static let waiting = 8

  private let parts: [Part]

  /// With several results each row tells its search.
  init(_ results: [AdHocRun.Result]) {
    parts = results.flatMap { result -> [Part] in
      let form = JSONLine(
        columns: result.rows.columns,
        searchName: results.count > 1 ? result.rule.detection.searchName : nil)
      return stride(from: 0, to: result.rows.count, by: Self.partSize).map { start in
        let end = min(start + Self.partSize, result.rows.count)
        return Part(form: form, rows: result.rows, range: start..<end)
      }
    }
  }

  /// Hands the lines to `write`, piece by piece, in order.
  func write(threads: Int, _ write: ([UInt8]) -> Void) {
    OrderedWork(count: parts.count, threads: threads, waiting: Self.waiting)
      .run({ [parts] in parts[$0].bytes }, write)
  }
}
