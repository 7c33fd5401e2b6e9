import Events
import SPL

/// Which fields of an event before `stats` a row keeps, besides its own columns.
struct SampleFields: Sendable {
  static let maximumFields = 64
  /// In bytes of UTF-8; longer values are left out rather than cut.
  static let longestValue = 4096

  private let wanted: [Text]
  private let columns: Set<Text>

  /// The fields that are asked for, and those that the search renamed and then did not group by.
  init(_ wanted: [Text], stages: some Collection<Stage>, columns: [Text]) {
    let renamed = stages.flatMap { stage -> [Text] in
      guard case .rename(let renamings) = stage.command else { return [] }
      return renamings.map { Text($0.to) }.filter { !$0.string.utf8.contains(0x2a) }
    }
    self.wanted = wanted + renamed
    self.columns = Set(columns)
  }

  /// The sample of an event: wanted fields, then of what `spath` took apart `attributes[key]` of
  /// arrays of keys and values, and the other leaves, up to the limit.
  func sample(of event: PassingEvent, record: any FieldSource) -> [Text: Value] {
    var sample: [Text: Value] = [:]
    func keep(_ field: Text, _ value: Value) {
      guard sample.count < SampleFields.maximumFields, !value.isNull, !columns.contains(field),
        value.text.map({ $0.string.utf8.count <= SampleFields.longestValue }) ?? false
      else { return }
      sample[field] = value
    }
    for field in wanted {
      let value = event.fields.value(of: field)
      keep(field, value.isNull ? record.value(of: field) : value)
    }
    guard let taken = event.taken else { return sample }
    let pairs: KeyedElements
    let leaves: Leaves
    switch taken {
    case .text(let text, let limit):
      pairs = KeyedElements(of: text)
      leaves = Leaves(of: text, limit: limit)
    case .element(let element):
      pairs = KeyedElements(of: element)
      leaves = Leaves(of: element)
    }
    for (field, value) in pairs.values.sorted(by: { $0.key < $1.key }) { keep(field, value) }
    for field in leaves.fields.keys.sorted() where !pairs.leaves.contains(field) {
      keep(field, event.fields.value(of: field))
    }
    return sample
  }
}
