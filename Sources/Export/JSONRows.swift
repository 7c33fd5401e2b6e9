import Events
import SafeText

/// Rows as JSON objects: numbers that a command computed are numbers, field values are strings,
/// several values are an array, null is left out.
enum JSONRows {
  static func lines(_ results: [SearchResult]) -> String {
    var bytes: [UInt8] = []
    for result in results {
      let form = JSONLine(
        columns: result.table.columns, searchName: results.count > 1 ? result.searchName : nil)
      for row in result.table.rows { form.append(row, to: &bytes) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func array(_ results: [SearchResult]) -> String {
    let rows = lines(results).split(separator: "\n")
    return rows.isEmpty ? "[]\n" : "[\n  \(rows.joined(separator: ",\n  "))\n]\n"
  }

  static func json(_ value: Value) -> String? {
    switch value {
    case .null: nil
    case .text(let text): string(text.string)
    case .number(let number): number.description
    case .many(let values): "[\(values.compactMap(json).joined(separator: ","))]"
    }
  }

  /// A string literal whose bytes are harmless on a terminal too: controls, C1, bidi marks and
  /// code points that show nothing are written as escapes.
  static func string(_ text: String) -> String {
    // Nearly every value is plain, and then there is nothing to look at one by one.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      return "\"\(text)\""
    }
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      case _ where !scalar.isShownAsItself:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
