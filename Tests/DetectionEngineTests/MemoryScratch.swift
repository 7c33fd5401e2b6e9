import Findings
import Synchronization

/// Room outside memory, in memory.
final class MemoryScratch: Scratch {
  private struct Contents {
    var blocks: [Int64: [UInt8]] = [:]
    var kept = 0
  }

  let directory = "memory"
  private let room: Int
  private let contents = Mutex(Contents())

  /// As many blocks as there is room for.
  init(room: Int = .max) { self.room = room }

  /// How many blocks were put away in all.
  var blocksKept: Int { contents.withLock { $0.kept } }

  func keep(_ block: [UInt8]) throws(ScratchProblem) -> Int64 {
    let number = contents.withLock { contents -> Int64? in
      guard contents.blocks.count < room else { return nil }
      contents.kept += 1
      contents.blocks[Int64(contents.kept)] = block
      return Int64(contents.kept)
    }
    guard let number else { throw .full(directory: directory) }
    return number
  }

  func take(_ block: Int64) throws(ScratchProblem) -> [UInt8] {
    let bytes = contents.withLock { $0.blocks.removeValue(forKey: block) }
    guard let bytes else { throw .damaged(directory: directory) }
    return bytes
  }
}
