import Findings
import Streaming

/// Entries that are put away by shelf, in blocks that go to the scratch file when they are full.
struct Shelves: Sendable {
  private struct Shelf {
    var writer = BlockWriter()
    var blocks: [Int64] = []
  }

  static let count = 64
  /// Bytes of a block: long enough that most texts come again in it.
  static let blockSize = 64 << 10

  private let scratch: any Scratch
  private var shelves: [Shelf]

  init(_ scratch: any Scratch) {
    self.scratch = scratch
    shelves = Array(repeating: Shelf(), count: Self.count)
  }

  /// The shelf of a hash: each level looks at other bits of it.
  static func shelf(of hash: UInt64, level: Int = 0) -> Int {
    Int(hash >> UInt64(58 - 6 * (level % 10)) & 63)
  }

  mutating func write(to shelf: Int, _ body: (inout BlockWriter) -> Void) {
    body(&shelves[shelf].writer)
  }

  /// Puts the shelf's block away where it is full: what belongs together stays in one.
  mutating func relieve(_ shelf: Int) throws(ScratchProblem) {
    guard shelves[shelf].writer.size >= Self.blockSize else { return }
    try putAway(shelf)
  }

  /// Puts away what is left, and answers the blocks of each shelf.
  mutating func close() throws(ScratchProblem) -> [[Int64]] {
    var blocks: [[Int64]] = []
    for shelf in shelves.indices {
      if shelves[shelf].writer.size > 0 { try putAway(shelf) }
      blocks.append(shelves[shelf].blocks)
    }
    shelves = []
    return blocks
  }

  private mutating func putAway(_ shelf: Int) throws(ScratchProblem) {
    shelves[shelf].blocks.append(try scratch.keep(shelves[shelf].writer.takeBlock()))
  }
}

extension Scratch {
  /// Reads blocks back, one after another, and calls `body` until each is at its end.
  func readBack(
    _ blocks: [Int64], _ body: (inout BlockReader) throws -> Void
  ) throws(ScratchProblem) {
    for block in blocks {
      var reader = BlockReader(try take(block))
      do {
        while !reader.isAtEnd { try body(&reader) }
      } catch let problem as ScratchProblem {
        throw problem
      } catch {
        throw .damaged(directory: directory)
      }
    }
  }
}
