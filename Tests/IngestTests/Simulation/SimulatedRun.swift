import TestSupport
import Workers

@testable import Ingest

/// A follower that one thread drives step by step on a simulated system, crashes included, and
/// what a store has of it.
final class SimulatedRun {
  let system: SimulatedSystem
  private(set) var store = SimulatedStore()
  private var random: SplitMix64

  private var loop: FollowerLoop
  private var reader: FileReader
  private var tasks: Channel<ReaderTask>
  private var messages: Mailbox<FollowerMessage>
  private var board: Shared<FollowerBoard>
  /// What readers have done and not yet said: they may overtake each other.
  private var answers: [FollowerMessage] = []
  private let stop = StopFlag()
  private let polls: Bool

  init(seed: UInt64, polls: Bool) {
    system = SimulatedSystem(seed: seed &+ 1)
    random = SplitMix64(seed: seed &+ 2)
    self.polls = polls
    (loop, reader, tasks, messages, board) = Self.parts(system, store, polls: polls)
  }

  private typealias Parts = (
    FollowerLoop, FileReader, Channel<ReaderTask>, Mailbox<FollowerMessage>, Shared<FollowerBoard>
  )

  private static func parts(
    _ system: SimulatedSystem, _ store: SimulatedStore, polls: Bool
  ) -> Parts {
    var options = Follower.Options(roots: [SimulatedDisk.root])
    options.checkpoints = store.checkpoints
    options.poll = polls
    let tasks = Channel<ReaderTask>(capacity: 4)
    let messages = Mailbox<FollowerMessage>()
    let board = Shared(FollowerBoard())
    let reading = Reading(framing: framing, prefilter: Prefilter(alternatives: nil)) { _ in
      SimulatedSink(store)
    }
    let platform = Platform(files: system, clock: system)
    let loop = FollowerLoop(
      options, platform: platform, readers: 2, tasks: tasks, messages: messages, board: board)
    let known = KnownContents(store.checkpoints.compactMapValues(ReadMark.init(encoded:)))
    return (
      loop, FileReader(reading, number: 0, files: system, known: known), tasks, messages, board
    )
  }

  private func roll(_ sides: Int) -> Int { Int(random.next() % UInt64(sides)) }

  /// One of the things that a follower's threads may do next.
  func step() {
    switch roll(6) {
    case 0: loop.act()
    case 1: loop.listen()
    case 2, 3: perform()
    case 4: answer()
    default: store.commit(roll(3))
    }
  }

  func pass(_ time: Duration) { system.advance(to: system.now + time) }

  private func perform() {
    guard tasks.count > 0, let task = tasks.pop() else { return }
    answers.append(reader.perform(task, stop: stop))
  }

  private func answer() {
    guard !answers.isEmpty else { return }
    messages.post(answers.remove(at: roll(answers.count)))
  }

  /// The process is killed, and started again from what was committed.
  func crash() {
    store.crash()
    answers = []
    (loop, reader, tasks, messages, board) = Self.parts(system, store, polls: polls)
  }

  /// Lets the follower come to rest: false where it does not within two minutes of its clock.
  func settle() -> Bool {
    let limit = system.now + .seconds(120)
    messages.post(.rescan(ticket: 1))
    for _ in 0..<20_000 {
      loop.listen()
      loop.act()
      while tasks.count > 0 { perform() }
      if !answers.isEmpty {
        answer()
        continue
      }
      if board.snapshot.ticketSettled >= 1 {
        board.withLock { $0.ticketSettled = 0 }
        store.commit(.max)
        return true
      }
      guard system.now < limit else { return false }
      system.advance(to: max(loop.nextDue, system.now + .milliseconds(1)))
    }
    return false
  }

  var status: [FollowedFileStatus] {
    let answer = Shared<[FollowedFileStatus]?>(nil)
    messages.post(.list(answer))
    loop.listen()
    return answer.snapshot ?? []
  }
}

/// What a store has committed of what a follower's sinks were given, batch by batch.
final class SimulatedStore: @unchecked Sendable {
  // Unchecked: one thread drives the follower and the store in turn.
  struct Batch {
    var texts: [String]
    var progress: FileProgress
  }

  private(set) var delivered: [String: Int] = [:]
  private(set) var checkpoints: [String: [UInt8]] = [:]
  private(set) var badUnits = 0
  /// Where a checkpoint went back within its generation.
  private(set) var steppedBack: [String] = []
  private var waiting: [Batch] = []

  func add(_ batch: Batch) { waiting.append(batch) }

  func crash() { waiting = [] }

  func commit(_ count: Int) {
    for batch in waiting.prefix(count) {
      for text in batch.texts { delivered[text, default: 0] += 1 }
      badUnits += batch.progress.badUnits.count
      let path = batch.progress.path
      if let old = checkpoints[path].flatMap(ReadMark.init(encoded:)),
        let new = ReadMark(encoded: batch.progress.checkpoint), old.id == new.id,
        old.generation == new.generation, new.offset < old.offset
      {
        steppedBack.append("\(path) from \(old.offset) to \(new.offset)")
      }
      checkpoints[path] = batch.progress.checkpoint
    }
    waiting.removeFirst(min(count, waiting.count))
  }
}

private final class SimulatedSink: RecordSink {
  private let store: SimulatedStore
  private var texts: [String] = []

  init(_ store: SimulatedStore) { self.store = store }

  func unit(_ bytes: UnsafeRawBufferPointer, at offset: Int64, in path: String) {
    texts.append(String(decoding: bytes, as: UTF8.self))
  }

  func checkpoint(_ progress: FileProgress) {
    store.add(SimulatedStore.Batch(texts: texts, progress: progress))
    texts = []
  }

  func discard() { texts = [] }
}
