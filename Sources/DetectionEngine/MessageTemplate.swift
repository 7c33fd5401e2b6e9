import Events

/// A risk message with `$field$` in it: the value of the row, `-` where it is null.
struct MessageTemplate {
  private let template: String

  init(_ template: String) { self.template = template }

  /// The message of a row; several values of a field are listed with commas.
  ///
  /// A `$` without a partner, or with white space before it, is a `$`.
  func filled(with values: RowValues) -> String {
    fill(template) { name in
      let texts = values.value(of: name).each.compactMap { $0.text?.string }
      return texts.isEmpty ? "-" : texts.joined(separator: ", ")
    }
  }
}

/// Puts a text in the place of each `$name$`; a name for which there is none stays as it is.
func fill(_ template: String, _ value: (String) -> String?) -> String {
  var filled = ""
  var rest = template[...]
  while let open = rest.firstIndex(of: "$") {
    filled += rest[..<open]
    let after = rest[rest.index(after: open)...]
    guard let close = after.firstIndex(of: "$"), close > after.startIndex,
      !after[..<close].contains(where: \.isWhitespace), let text = value(String(after[..<close]))
    else {
      filled += "$"
      rest = after
      continue
    }
    filled += text
    rest = after[after.index(after: close)...]
  }
  return filled + rest
}
