package import Events

/// What becomes of a row whose BY field is null.
struct NullPolicy: Sendable {
  enum Answer {
    case dropped
    case kept(mark: Text)
    case derived(Value, mark: Text)
  }

  /// As Splunk has it: the row is dropped.
  static let splunk = NullPolicy(keeps: [], derives: [:])

  private let keeps: Set<Text>
  private let derives: [Text: [Text]]

  private init(keeps: Set<Text>, derives: [Text: [Text]]) {
    self.keeps = keeps
    self.derives = derives
  }

  init(_ settings: PlanSettings) {
    self =
      settings.exact
      ? .splunk : NullPolicy(keeps: settings.keepNull, derives: settings.derive)
  }

  func value(instead field: Text, in record: any FieldSource) -> Answer {
    for source in derives[field] ?? [] {
      let value = record.value(of: source)
      if !value.isNull { return .derived(value, mark: NullPolicy.mark(field, from: source)) }
    }
    return keeps.contains(field) ? .kept(mark: Text("\(field) is null")) : .dropped
  }

  /// `digest from response`: the last word of the column, and the part of the record.
  fileprivate static func mark(_ field: Text, from source: Text) -> Text {
    let part =
      switch source.string.split(separator: ".").first {
      case "responseElements": "response"
      case "requestParameters": "request"
      default: source.string
      }
    return Text("\(lastWord(of: field.string)) from \(part)")
  }

  /// `digest` of `imageDigest` and of `image_digest`, `uri` of `imageURI`.
  private static func lastWord(of name: String) -> String {
    var word = ""
    var follows: Character = " "
    for character in name {
      if character.isUppercase && follows.isLowercase || "_.".contains(character) { word = "" }
      if !"_.".contains(character) { word.append(character) }
      follows = character
    }
    return word.lowercased()
  }
}

extension PlanSettings {
  /// What a row is marked with whose BY field was null and taken from another: `digest from response`.
  package static func mark(of field: Text, from source: Text) -> Text {
    NullPolicy.mark(field, from: source)
  }
}
