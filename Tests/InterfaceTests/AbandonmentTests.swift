import Findings
import Testing

@testable import Interface

/// Questions that the analyst no longer waits for are given up.
@Suite struct AbandonmentTests {
  @Test func anotherFilterGivesUpWhatIsStillBeingRead() {
    var session = Session(store: { _ in nil })
    let first = session.lastGeneration
    session.type("/x")
    let abandoned = session.effects.compactMap { effect -> Int? in
      guard case .abandon(let generation) = effect else { return nil }
      return generation
    }
    #expect(!abandoned.isEmpty)
    #expect(abandoned.allSatisfy { $0 <= first })
    #expect(Set(abandoned).count == abandoned.count)
  }

  @Test func aListThatTakesLongSaysSo() {
    var session = Session(store: { _ in nil })
    let load = session.state.place.panes.compactMap(\.load).first
    session.send(.searching("reading for 2 s", generation: load?.generation ?? 0))
    #expect(session.screen.contains("reading for 2 s"))
  }
}
