/// What could stand in place of the word that is typed.
struct Completion: Equatable {
  struct Candidate: Equatable {
    var text: String
    /// What it is or does.
    var note = ""
  }

  /// Characters before the caret that a candidate takes the place of.
  var typed = 0
  var candidates: [Candidate] = []

  static let none = Completion()

  /// The candidates that begin with a word, the others left out; ASCII case is not minded.
  init(of word: some StringProtocol, in all: [Candidate]) {
    typed = word.count
    let wanted = word.lowercased()
    candidates = all.filter { $0.text.lowercased().hasPrefix(wanted) && $0.text != word }
  }

  init() {}
}

/// A line that is typed with completion: Tab goes through what could stand there.
package struct CompletedEntry: Equatable, Sendable {
  package var entry = Entry()
  /// Characters of the candidate that Tab has put in; nil until it is pressed.
  private(set) var taken: Int?
  /// Which candidate that is, and what was typed before.
  private(set) var chosen = 0
  private var before = Entry()

  package init(_ text: String = "") { entry = Entry(text) }

  /// What is completed: the line as it was before Tab.
  var completed: Entry { taken == nil ? entry : before }

  /// Puts the next candidate in, or the one before.
  mutating func complete(_ completion: Completion, forward: Bool = true) {
    let count = completion.candidates.count
    guard count > 0 else { return }
    if taken == nil {
      before = entry
      chosen = forward ? 0 : count - 1
    } else {
      chosen = (chosen + (forward ? 1 : count - 1)) % count
    }
    entry = before
    let text = completion.candidates[chosen].text
    entry.replace(back: completion.typed, with: text)
    taken = text.count
  }

  /// Puts a candidate in.
  mutating func take(_ candidate: Completion.Candidate, of completion: Completion) {
    if taken != nil { entry = before }
    entry.replace(back: completion.typed, with: candidate.text)
    taken = nil
  }

  /// Takes a key that edits; what Tab has put in is then as if typed.
  mutating func take(_ key: Key) -> Bool {
    guard entry.take(key) else { return false }
    taken = nil
    return true
  }

  mutating func set(_ text: String) {
    entry = Entry(text)
    taken = nil
  }
}
