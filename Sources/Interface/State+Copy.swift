import Events
import Findings
import SafeText

/// What of a line is copied.
enum CopyForm: CaseIterable {
  case name, row, json, search

  var title: String {
    switch self {
    case .name: "name"
    case .row: "the whole line"
    case .json: "JSON"
    case .search: "the search in Splunk"
    }
  }
}

extension State {
  mutating func pressCopy(_ key: Key, _ cursor: Int) -> [Effect] {
    let count = CopyForm.allCases.count
    switch key {
    case .escape, .character("q"): overlay = nil
    case .up, .character("k"): overlay = .copy(cursor: max(0, cursor - 1))
    case .down, .character("j"): overlay = .copy(cursor: min(count - 1, cursor + 1))
    case .enter, .character("y"):
      overlay = nil
      guard let text = copyText(CopyForm.allCases[cursor]) else {
        notice = Notice("this line has no such text")
        return []
      }
      notice = Notice("sent to the terminal's clipboard: \(text)")
      return [.copy(text)]
    default: break
    }
    return []
  }

  /// What the menu's entry copies, fit to be pasted; nil where the line has no such thing.
  func copyText(_ form: CopyForm) -> String? {
    switch form {
    case .name: copyText
    case .row: copiedFields.map { fit($0.map(\.value).joined(separator: "  ")) }
    case .json:
      copiedFields.map { fields in
        let members = fields.map { "\(json($0.name)):\(json($0.value))" }
        return fit("{" + members.joined(separator: ",") + "}")
      }
    case .search: splunkSearch.map(fit)
    }
  }

  /// A cell is 20 bytes at most, and a terminal takes 64 KiB.
  private func fit(_ text: String) -> String {
    let visible = SafeText.fitted(text, to: 16_000)
    return visible.utf8.count <= 65_536 ? visible : SafeText.fitted(text, to: 3_000)
  }

  /// Names and values of the selected line.
  private var copiedFields: [(name: String, value: String)]? {
    guard let pane, let line = pane.selected else { return nil }
    return columns(of: pane).filter { !$0.isPicture && !$0.title.isEmpty }.map { column in
      let text = line.whole(column.field) ?? cell(line, column.field, width: 400).text
      return (column.title.lowercased(), text)
    }
  }

  /// A JSON string.
  private func json(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The search that shows the same in Splunk: notables by the fields of the ECR searches, or what
  /// was typed.
  private var splunkSearch: String? {
    if case .search(let text) = view { return text }
    if case .drilldown = view { return place.table?.search }
    if case .technique(let line)? = pane?.selected {
      let id = line.techniqueID.quoted
      return "index=risk annotations.mitre_attack.mitre_technique_id=\(id)" + splunkRange
    }
    let roles = (pane?.selected?.roles ?? [:]).merging(view.scope) { line, _ in line }
    let names: [(PaneRole, String)] = [
      (.repository, "repository"), (.finding, "finding_name"), (.image, "imageDigest"),
      (.user, "user"), (.source, "src"),
    ]
    let terms = names.compactMap { role, name in roles[role].map { "\(name)=\($0.quoted)" } }
    guard !terms.isEmpty else { return nil }
    return "index=notable " + terms.joined(separator: " ") + splunkRange
  }

  private var splunkRange: String {
    let range = shownRange
    return (range.from.map { " earliest=\($0.seconds)" } ?? "")
      + " latest=\(range.to.seconds + 1)"
  }
}
