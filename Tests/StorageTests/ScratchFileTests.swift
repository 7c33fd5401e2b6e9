import Findings
import Foundation
import Testing

@testable import Storage

@Suite("Scratch file")
struct ScratchFileTests {
  @Test func givesBlocksBackOnce() throws {
    let file = try ScratchFile()
    let blocks = (0..<40).map { number in
      [UInt8](repeating: UInt8(number), count: number * 4_001)
    }
    let names = try blocks.map { try file.keep($0) }
    for (name, block) in zip(names, blocks).reversed() {
      #expect(try file.take(name) == block)
    }
    #expect(throws: ScratchProblem.damaged(directory: file.directory)) { try file.take(names[7]) }
  }

  @Test func usesTheRoomOfBlocksThatWereTakenAgain() throws {
    let file = try ScratchFile(mostPages: 40)
    let block = [UInt8](repeating: 7, count: 600_000)
    for _ in 0..<20 { #expect(try file.take(try file.keep(block)) == block) }
  }

  @Test func saysWhereThereIsNoSpaceAndWhatMendsIt() throws {
    let file = try ScratchFile(mostPages: 20)
    let block = [UInt8](repeating: 7, count: 100_000)
    var found: ScratchProblem?
    do throws(ScratchProblem) {
      for _ in 0..<20 { _ = try file.keep(block) }
    } catch {
      found = error
    }
    #expect(found == .full(directory: file.directory))
    #expect(found?.sentence.contains("TMPDIR") == true)
  }

  @Test func hasNoNameThatWouldOutliveTheProcess() throws {
    let file = try ScratchFile()
    for _ in 0..<100 { _ = try file.keep([UInt8](repeating: 7, count: 100_000)) }
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
      // Some are closed by other tests meanwhile.
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
    }
    let own = open.filter { $0.hasPrefix(file.directory) && $0.contains("etilqs") }
    #expect(!own.isEmpty)
    #expect(own.allSatisfy { $0.hasSuffix("(deleted)") })
  }
}
