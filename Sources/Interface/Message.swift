package import CellGrid
package import Events
package import Findings

/// Whatever reaches the screen from outside.
package enum Message: Equatable, Sendable {
  case key(Key)
  /// What the mouse did, and on which cell.
  case pointer(PointerAct, Point)
  case resized(Size)
  /// What the clock says now; sent about once a second.
  case tick(Timestamp)
  case report(Report)
  case answer(Answer, to: Request, generation: Int)
  case failed(Notice)
  /// What was wanted has been done, in a sentence.
  case done(String)
  /// Something was done that `U` can take back.
  case did(OwnStep)
  /// How far a search that runs has come.
  case searching(String, generation: Int)
  /// Something that is worth looking up for, in a line of text.
  case alert(String)
  /// The loaded rules, whenever they change.
  case rules([RuleCard])
  /// The store has changed: what is shown should be asked for again.
  case changed
  /// The end of every relative range, the clock or the newest event's time.
  case asOf(Timestamp)
}

package enum PointerAct: Equatable, Sendable {
  /// The left button went down.
  case press
  case wheelUp, wheelDown
}

/// What the screen wants done; the outside does it and reports back by a message.
package enum Effect: Equatable, Sendable {
  /// Ask the store, and answer with the same generation.
  case load(Request, generation: Int)
  /// Nobody waits for the answer of that generation any more: its reading may end.
  case abandon(generation: Int)
  case triage(TriageMove)
  /// Write a table to a file of about that name.
  case export(ExportFormat, name: String, Table)
  /// Takes back the last batch of triage of a person that has not been taken back yet.
  case undoTriage(by: String, at: Timestamp)
  /// Hide; as an undo it is no step of its own.
  case suppress(Suppression, isUndo: Bool)
  /// Show again what a suppression hides; who wants that, and when, for a later undo.
  case lift(Suppression, by: String, at: Timestamp, isUndo: Bool)
  /// Keep a text under a name for the next start.
  case remember(String, String)
  /// Lets the search that runs end with what it has read.
  case stopSearch
  /// Turns a rule on or off.
  case turnRule(String, on: Bool)
  /// Reads the logs that are still there again for a rule.
  case backfill(String)
  /// Runs the tests in a rule's file.
  case testRule(String)
  /// The terminal's bell, and a notification of its desktop with that text.
  case ring(bell: Bool, Notification?)
  /// Write what one shift of some hours, which ends then by the clock, tells the next.
  case report(hours: Int, clock: Timestamp)
  /// To the terminal's clipboard.
  case copy(String)
  case repaint
  case suspend
  case quit
}

/// Something that went wrong, in a sentence for the analyst.
package struct Notice: Equatable, Sendable {
  package var sentence: String
  /// The request that it is the answer to, if any.
  package var request: Request?
  /// Good news, which wants no attention.
  var isFine = false

  package init(_ sentence: String, request: Request? = nil) {
    self.sentence = sentence
    self.request = request
  }
}
