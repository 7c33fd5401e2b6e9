import Events
import Export
import Glibc
import Interface
import SafeText

/// A list on its way into a file of the working directory.
struct ExportFile {
  let format: ExportFormat
  let name: String
  let table: Table

  /// Writes a new file, for the owner's eyes only; one that is there already is left as it is.
  ///
  /// - Returns: The name that the file got.
  func write() throws -> String {
    for number in 1...999 {
      let path = number == 1 ? name : "\(number)-\(name)"
      let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if file < 0, errno == EEXIST { continue }
      guard file >= 0 else { throw Failure("'\(path)' cannot be made: \(reason)") }
      defer { close(file) }
      try write(Array(text.utf8), to: file, path)
      return path
    }
    throw Failure("'\(name)' is there already, and 998 more of that name")
  }

  private func write(_ bytes: [UInt8], to file: CInt, _ path: String) throws {
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure("'\(path)' cannot be written: \(reason)") }
      offset += count
    }
  }

  private var reason: String { String(cString: strerror(errno)) }

  private var text: String {
    let results = [SearchResult(searchName: "", table: table)]
    return switch format {
    case .csv: TableFormat.csv.text(of: results)
    case .jsonLines: TableFormat.ndjson.text(of: results)
    case .markdown: markdown
    }
  }

  private var markdown: String {
    let rows =
      [table.columns.map(\.string), table.columns.map { _ in "---" }]
      + table.rows.map { $0.map(Wording.cell) }
    return rows.map { cells in
      "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
    }.joined()
  }

  /// A cell's text as text: no markup, no new column, no control characters.
  private func escaped(_ cell: String) -> String {
    guard cell != "---" else { return cell }
    var text = ""
    for character in SafeText.visible(Wording.flat(cell)) {
      if "\\|<>`*_[]".contains(character) { text.append("\\") }
      text.append(character)
    }
    return text
  }
}
