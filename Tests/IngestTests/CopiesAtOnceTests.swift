import Testing
import Workers

@testable import Ingest

@Suite("Two readers with copies of one document")
struct CopiesAtOnceTests {
  /// While it takes a unit, something else happens.
  private final class Interrupted: RecordSink {
    private let meanwhile: () -> Void
    private(set) var units = 0

    init(_ meanwhile: @escaping () -> Void) { self.meanwhile = meanwhile }

    func unit(_ bytes: UnsafeRawBufferPointer, at offset: Int64, in path: String) {
      units += 1
      meanwhile()
    }

    func checkpoint(_ progress: FileProgress) {}
    func discard() {}
  }

  private func reader(_ known: KnownContents, _ sink: any RecordSink) -> FileReader {
    nonisolated(unsafe) let sink = sink  // both readers are driven by this one thread
    let reading = Reading(framing: framing, prefilter: Prefilter(alternatives: nil)) { _ in sink }
    return FileReader(reading, number: 0, files: Kernel(), known: known)
  }

  private func read(
    _ path: String, with reader: FileReader
  ) throws -> FollowOutcome {
    let facts = try Kernel().facts(of: FilePath(path), followingLinks: false)
    var job = FollowJob(
      key: facts.id, file: FollowedFile(path: FilePath(path), mark: ReadMark(id: facts.id)))
    job.isStable = true
    if case .outcome(let outcome) = reader.perform(.read(job), stop: StopFlag()) { return outcome }
    throw IngestProblem.system(0)
  }

  @Test("the second waits for the first, and then knows the content")
  func theSecondWaitsForTheFirst() throws {
    let scratch = try Scratch()
    for name in ["a.json", "b.json"] { try scratch.write(#"{"Records":[{"n":1}]}"#, to: name) }
    let known = KnownContents([:])
    let sink = Interrupted({})
    let second = reader(known, sink)
    var meanwhile: FollowOutcome?
    let first = Interrupted {
      do { meanwhile = try read(scratch.file("b.json"), with: second) } catch {
        Issue.record(error)
      }
    }

    let taken = try read(scratch.file("a.json"), with: reader(known, first))
    let later = try read(scratch.file("b.json"), with: second)

    #expect(taken.records == 1)
    #expect(meanwhile?.next == .whenStable)
    #expect(later.records == 0)
    #expect(later.file.reason == "the same content as '\(scratch.file("a.json"))'")
    #expect(sink.units == 0)
  }

  @Test("the second reads what the first gave up")
  func theSecondReadsWhatTheFirstGaveUp() throws {
    let scratch = try Scratch()
    for name in ["a.json", "b.json"] { try scratch.write(#"{"Records":[{"n":1}"#, to: name) }
    let known = KnownContents([:])

    let first = try read(scratch.file("a.json"), with: reader(known, Interrupted({})))
    let second = try read(scratch.file("b.json"), with: reader(known, Interrupted({})))

    #expect(first.file.state == .incomplete)
    #expect(second.file.state == .incomplete)
    #expect(second.next != .whenStable)
  }
}
