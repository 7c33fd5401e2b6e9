internal import Events
internal import GRDB

/// `watchfloor_number(text)`: the number that a text is the notation of, as SPL reads it, or null.
enum FilterNumber {
  static let function = DatabaseFunction("watchfloor_number", argumentCount: 1, pure: true) {
    values in
    guard let text = String.fromDatabaseValue(values[0]) else { return nil }
    return Number(Text(StoredText.decode(text)))?.double
  }
}
