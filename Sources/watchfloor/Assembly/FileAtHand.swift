import Ingest

/// Whether the file that units come from is named like a job's; looked at anew only with another path.
struct FileAtHand {
  private var path = ""
  private var isOfJob = false

  mutating func isOfJob(_ path: String) -> Bool {
    if path != self.path {
      self.path = path
      isOfJob = RowFileName.matches(path)
    }
    return isOfJob
  }
}
