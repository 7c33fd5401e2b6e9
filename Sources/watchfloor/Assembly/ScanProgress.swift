import Ingest

/// A progress line on standard error where that is a terminal: how far, how fast, how long still.
final class ScanProgress: Sendable {
  private let isShown = StandardError.isTerminal
  private let start = ContinuousClock.now

  func show(_ progress: ReadOnce.Progress) {
    let elapsed = ContinuousClock.now - start
    // A scan that is done in a moment needs no line that flickers.
    guard isShown, elapsed > .milliseconds(300), progress.bytesTotal > 0 else { return }
    let share = Double(progress.bytesDone) / Double(progress.bytesTotal)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let left = share > 0.01 ? Int(seconds / share - seconds) : nil
    let megabytes = progress.bytesDone >> 20
    StandardError.write(
      "\r\u{1B}[K\(Int(share * 100)) %  \(progress.filesDone) of \(progress.filesTotal) files  "
        + "\(megabytes) MiB  \(Int(Double(megabytes) / seconds)) MiB/s"
        + (left.map { "  \($0) s left" } ?? ""))
  }

  func clear() {
    if isShown { StandardError.write("\r\u{1B}[K") }
  }
}
