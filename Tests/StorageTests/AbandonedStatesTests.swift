import Foundation
import Testing

@testable import Storage

@Suite("Temporary states that were left behind")
struct AbandonedStatesTests {
  private let base = FileManager.default.temporaryDirectory
    .appendingPathComponent("abandoned-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Makes a state look as if nothing had happened in it for two minutes.
  private func age(_ place: StateDirectory) throws {
    let then = Date(timeIntervalSinceNow: -120)
    try FileManager.default.setAttributes([.modificationDate: then], ofItemAtPath: place.path)
  }

  /// A state with a database and a lock that the caller may hold on to.
  private func state() throws -> (StateDirectory, StateLock?) {
    let place = try StateDirectory.temporary(in: base)
    try place.prepareFile(place.database)
    guard case .taken(let lock) = try StateLock.attempt(place.lockFile) else {
      Issue.record("a new state was locked")
      return (place, nil)
    }
    return (place, lock)
  }

  @Test("of a killed process is removed by the next one")
  func ofAKilledProcessIsRemoved() throws {
    let abandoned = try state().0
    try age(abandoned)

    let next = try StateDirectory.temporary(in: base)

    #expect(!exists(abandoned.path))
    #expect(exists(next.path))
    try FileManager.default.removeItem(atPath: base)
  }

  @Test("in use, young, or not ours by its name is left")
  func inUseYoungOrStrangeIsLeft() throws {
    let (used, lock) = try state()
    let young = try state().0
    let strange = StateDirectory(path: base + "/watchfloor-by-hand")
    try strange.create()
    let filled = try StateDirectory.temporary(in: base)
    try filled.prepareFile(filled.path + "/notes")
    for place in [used, strange, filled] { try age(place) }

    AbandonedStates.sweep(base)

    withExtendedLifetime(lock) {
      for place in [used, young, strange, filled] { #expect(exists(place.path)) }
    }
    try FileManager.default.removeItem(atPath: base)
  }
}
