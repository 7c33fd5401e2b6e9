/// How far the store is with an answer: rows looked at, and of how many; nil where that is not known.
package struct ReadProgress: Equatable, Sendable {
  package var rows: Int
  package var all: Int?

  package init(rows: Int, all: Int?) {
    self.rows = rows
    self.all = all
  }
}
