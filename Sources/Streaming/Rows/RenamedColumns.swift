import Events
import SPL

/// The columns of a table after a `rename`.
struct RenamedColumns {
  private var columns: [(name: Text, source: Int?)]

  var names: [Text] { columns.map(\.name) }
  /// For each column the one before that it is; nil is a column of nulls.
  var sources: [Int?] { columns.map(\.source) }

  init(_ names: [Text], _ renamings: [Renaming]) {
    columns = names.enumerated().map { ($1, $0) }
    for renaming in renamings {
      if renaming.from.utf8.contains(UInt8(ascii: "*")) {
        moveAll(NamePattern(renaming.from), to: NamePattern(renaming.to))
      } else {
        move(Text(renaming.from), to: Text(renaming.to))
      }
    }
  }

  private mutating func move(_ from: Text, to: Text) {
    guard from != to else { return }
    guard let place = columns.firstIndex(where: { $0.name == from }) else {
      // Splunk: a missing source makes the target null.
      if let target = columns.firstIndex(where: { $0.name == to }) { columns[target].source = nil }
      return
    }
    columns[place].name = to
    keep { index, name in index == place || name != to }
  }

  private mutating func moveAll(_ from: NamePattern, to: NamePattern) {
    var moved: [Int: Text] = [:]
    for (index, column) in columns.enumerated() {
      moved[index] = from.captures(ofSource: column.name).map(to.filled)
    }
    for (index, name) in moved { columns[index].name = name }
    let targets = Set(moved.values)
    keep { index, name in moved[index] != nil || !targets.contains(name) }
  }

  private mutating func keep(_ isKept: (Int, Text) -> Bool) {
    columns = columns.enumerated().filter { isKept($0, $1.name) }.map(\.element)
  }
}
