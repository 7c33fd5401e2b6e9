/// Which texts are envelopes of many records: `{"Records":[...]}` and its like.
package struct Framing: Sendable {
  /// Keys of a top-level object whose arrays hold the records, as UTF-8.
  let arrayKeys: [[UInt8]]

  /// - Parameter arrayKeys: for CloudTrail `Records`, `Events`, `logEvents`.
  package init(arrayKeys: [String]) {
    self.arrayKeys = arrayKeys.map { Array($0.utf8) }
  }

  /// The most bytes of a line, an element or a record; a longer one is a bad unit.
  package static let unitLimit = 16 << 20
}
