import Events

/// Event names and the rule that holds for them.
package struct EventChoice: Sendable {
  package let patterns: [EventPattern]
  package let rule: FieldRule

  init(_ patterns: EventPattern..., rule: FieldRule) {
    self.patterns = patterns
    self.rule = rule
  }
}

/// An event name; a `*` before or after it stands for anything: `Put*`, `*Bucket`.
package struct EventPattern: Sendable, ExpressibleByStringLiteral {
  private enum Place {
    case whole
    case start
    case end
  }

  private let place: Place
  private let text: Text

  package init(stringLiteral pattern: String) {
    if pattern.utf8.first == UInt8(ascii: "*") {
      place = .end
      text = Text(String(pattern.dropFirst()))
    } else if pattern.utf8.last == UInt8(ascii: "*") {
      place = .start
      text = Text(String(pattern.dropLast()))
    } else {
      place = .whole
      text = Text(pattern)
    }
  }

  /// As it is written.
  package var written: String {
    switch place {
    case .whole: text.string
    case .start: text.string + "*"
    case .end: "*" + text.string
    }
  }

  func takes(_ eventName: Text) -> Bool {
    let part = text.string.utf8
    return switch place {
    case .whole: eventName == text
    case .start: eventName.string.utf8.starts(with: part)
    case .end: eventName.string.utf8.suffix(part.count).elementsEqual(part)
    }
  }
}
