import Events
import Findings
import Streaming

/// Rows of groups in runs that are sorted each, read back as one in their order, once.
struct SortedRows: Sendable {
  /// A row and what it is sorted by.
  struct Row: Sendable {
    let key: GroupKey
    let values: [Value]
  }

  /// Blocks of sorted rows.
  struct Run: Sendable {
    fileprivate(set) var blocks: [Int64] = []
    fileprivate(set) var count = 0
  }

  /// Writes a run.
  struct Writing {
    /// Smaller than those of shelves: one of each run is in memory when runs are read.
    private static let blockSize = 16 << 10

    private let scratch: any Scratch
    private var writer = BlockWriter()
    private var run = Run()

    init(_ scratch: any Scratch) { self.scratch = scratch }

    mutating func add(_ row: Row) throws(ScratchProblem) {
      writer.write(row.key)
      writer.write(row.values)
      run.count += 1
      if writer.size >= Self.blockSize { try putAway() }
    }

    mutating func close() throws(ScratchProblem) -> Run {
      if writer.size > 0 { try putAway() }
      return run
    }

    private mutating func putAway() throws(ScratchProblem) {
      run.blocks.append(try scratch.keep(writer.takeBlock()))
    }
  }

  let scratch: any Scratch
  let runs: [Run]

  var count: Int { runs.reduce(0) { $0 + $1.count } }

  /// Hands out all rows in their order; they are gone then.
  func forEach(_ body: ([Value]) -> Void) throws(ScratchProblem) {
    var heap: [Cursor] = []
    for run in runs {
      let cursor = Cursor(run, in: scratch)
      if try cursor.step() { heap.append(cursor) }
    }
    for place in heap.indices.reversed() { Self.sink(place, in: &heap) }
    while !heap.isEmpty {
      body(heap[0].row.values)
      if try !heap[0].step() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
      }
      Self.sink(0, in: &heap)
    }
  }

  /// Moves a cursor down to where no row below it comes before its own.
  private static func sink(_ place: Int, in heap: inout [Cursor]) {
    var place = place
    while true {
      var first = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if heap[child].row.key < heap[first].row.key { first = child }
      }
      if first == place { return }
      heap.swapAt(place, first)
      place = first
    }
  }
}

/// A place in a run: its row, and how to come to the next.
private final class Cursor {
  private(set) var row = SortedRows.Row(key: GroupKey([]), values: [])
  private let scratch: any Scratch
  private var blocks: ArraySlice<Int64>
  private var reader = BlockReader([])

  init(_ run: SortedRows.Run, in scratch: any Scratch) {
    self.scratch = scratch
    blocks = run.blocks[...]
  }

  /// Goes to the next row; false where there is none.
  func step() throws(ScratchProblem) -> Bool {
    if reader.isAtEnd {
      guard let block = blocks.popFirst() else { return false }
      reader = BlockReader(try scratch.take(block))
    }
    do throws(StreamingProblem) {
      row = SortedRows.Row(key: try reader.key(), values: try reader.values())
    } catch {
      throw .damaged(directory: scratch.directory)
    }
    return true
  }
}
