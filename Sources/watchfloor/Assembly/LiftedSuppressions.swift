import Events
import Findings
import Foundation
import Storage

/// Suppressions that analysts have lifted, kept in the state so that a later run can undo it.
struct LiftedSuppressions {
  private let store: Store

  private static let setting = "lifted"
  /// Further back nobody undoes.
  private static let most = 200

  private struct Lifting: Codable {
    var suppression: SuppressionText
    var by: String
    /// Seconds since 1970, by the wall clock.
    var at: Int64
  }

  init(_ store: Store) { self.store = store }

  /// Keeps that somebody has lifted it.
  func note(_ suppression: Suppression, by analyst: String, at time: Timestamp) throws {
    let lifting = Lifting(
      suppression: SuppressionText(suppression), by: analyst, at: time.seconds)
    try write((try liftings() + [lifting]).suffix(Self.most))
  }

  /// It hides again: there is nothing left to undo.
  func forget(_ suppression: Suppression) throws {
    let known = try liftings()
    let kept = try known.filter { try !$0.suppression.suppression().isSame(as: suppression) }
    if kept.count < known.count { try write(kept) }
  }

  /// What somebody has lifted last, and when; nil where there is nothing.
  func last(by analyst: String) throws -> (suppression: Suppression, time: Timestamp)? {
    try liftings().last { $0.by == analyst }.map {
      (try $0.suppression.suppression(), Timestamp(seconds: $0.at))
    }
  }

  private func liftings() throws -> [Lifting] {
    guard let text = try store.setting(Self.setting) else { return [] }
    return try JSONDecoder().decode([Lifting].self, from: Data(text.utf8))
  }

  private func write(_ liftings: some Sequence<Lifting>) throws {
    let text = String(decoding: try JSONEncoder().encode(Array(liftings)), as: UTF8.self)
    try store.set(Self.setting, to: text)
  }
}
