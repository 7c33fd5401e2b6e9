internal import JSON

/// Where the framers put what they find: counts every unit, hands the candidates to the sink.
final class UnitOutput {
  /// What a unit of the file must contain; each line of what is named like a job's is wanted.
  private(set) var prefilter: Prefilter
  private let prefilterOfRecords: Prefilter
  private let sink: any RecordSink
  private var path = ""
  /// Units since the last checkpoint.
  private(set) var records: Int64 = 0
  private(set) var badUnits = BadUnits()

  init(sink: any RecordSink, prefilter: Prefilter) {
    self.sink = sink
    self.prefilter = prefilter
    prefilterOfRecords = prefilter
  }

  /// What comes next is of that file.
  func begin(_ path: String) {
    self.path = path
    prefilter =
      RowFileName.matches(path) ? Prefilter(alternatives: nil) : prefilterOfRecords
    forget()
  }

  /// A unit, tested here.
  func unit(_ window: Window, from start: Int, to end: Int) {
    let bytes = window.bytes
    guard end - start <= Framing.unitLimit else {
      return bad(.tooLong, window, from: start, to: end)
    }
    records += 1
    guard let base = bytes.baseAddress, prefilter.matches(base, from: start, to: end) else {
      return
    }
    sink.unit(
      UnsafeRawBufferPointer(rebasing: bytes[start..<end]), at: window.offset(of: start), in: path)
  }

  /// Units that are no candidates.
  func count(_ count: Int64 = 1) { records += count }

  func bad(_ reason: BadUnit.Reason, _ window: Window, from start: Int, to end: Int) {
    let bytes = UnsafeRawBufferPointer(rebasing: window.bytes[start..<max(start, end)])
    badUnits.add(reason, at: window.offset(of: start), bytes)
  }

  func bad(_ reason: BadUnit.Reason, at offset: Int64) {
    badUnits.add(reason, at: offset, UnsafeRawBufferPointer(start: nil, count: 0))
  }

  /// Settles everything since the last checkpoint; the counts of `progress` are filled in here.
  func checkpoint(_ progress: FileProgress) {
    var progress = progress
    progress.recordsAdded = records
    progress.badUnits = badUnits.kept
    progress.badUnitsAdded = badUnits.count
    sink.checkpoint(progress)
    forget()
  }

  /// Takes everything since the last checkpoint back.
  func discard() {
    sink.discard()
    forget()
  }

  private func forget() {
    records = 0
    badUnits.clear()
  }
}
