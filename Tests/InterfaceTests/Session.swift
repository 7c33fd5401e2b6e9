import CellGrid
import Events
import Findings
import Interface

/// A screen with the fixture's store behind it: keys in, frames and effects out.
struct Session {
  var state: State
  /// What the screen wanted done, loads aside.
  private(set) var effects: [Effect] = []
  private(set) var requests: [Request] = []
  /// The number of the newest load.
  private(set) var lastGeneration = 0
  /// What the store answers; nil answers nothing.
  var store: (Request) -> Answer?

  init(
    _ size: Size = Size(width: 120, height: 36), view: View = .overview, isASCII: Bool = false,
    store: @escaping (Request) -> Answer? = Fixture.answer
  ) {
    self.store = store
    let settings = ScreenSettings(
      isASCII: isASCII, themes: ["dark", "light"], theme: "dark", firstView: view,
      analyst: "carol")
    state = State(settings: settings, clock: Fixture.clock)
    send(.resized(size))
    send(.rules([Fixture.rule, Fixture.brokenRule]))
    send(.report(Fixture.report))
    settle(state.start())
  }

  mutating func send(_ message: Message) { settle(state.update(message)) }

  mutating func press(_ keys: Key...) {
    for key in keys { send(.key(key)) }
  }

  mutating func type(_ text: String) {
    for character in text { send(.key(.character(character))) }
  }

  private mutating func settle(_ effects: [Effect]) {
    for effect in effects {
      guard case .load(let request, let generation) = effect else {
        self.effects.append(effect)
        continue
      }
      requests.append(request)
      lastGeneration = generation
      if let answer = store(request) {
        send(.answer(answer, to: request, generation: generation))
      }
    }
  }

  var screen: String { state.frame(state.size).textPlane }
}
