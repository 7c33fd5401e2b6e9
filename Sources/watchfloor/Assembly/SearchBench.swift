import Findings
import Interface
import Workers

/// Where typed searches run: one at a time, on a thread of its own, so that neither the screen nor
/// its lists wait for files that are read.
final class SearchBench: Sendable {
  private struct Work: Sendable {
    var worker: Worker?
    var stop = StopFlag()
    var isRunning = false
  }

  private let mailbox: Mailbox<Message>
  private let work = Shared(Work())

  init(mailbox: Mailbox<Message>) { self.mailbox = mailbox }

  var isIdle: Bool { !work.snapshot.isRunning }

  /// Starts a search in place of the one that runs.
  func start(_ search: TypedSearch, generation: Int) {
    finish()
    let stop = StopFlag()
    work.withLock { work in
      work.stop = stop
      work.isRunning = true
      work.worker = Worker.start("search") { [self] in
        mailbox.post(outcome(of: search, generation, stop))
        self.work.withLock { $0.isRunning = false }
      }
    }
  }

  /// Lets the search that runs come to an end with what it has read.
  func stop() { work.snapshot.stop.raise() }

  func finish() {
    stop()
    let worker = work.withLock { work in
      defer { work.worker = nil }
      return work.worker
    }
    worker?.join()
  }

  private func outcome(
    of search: TypedSearch, _ generation: Int, _ stop: StopFlag
  ) -> Message {
    let request = Request.search(search.request)
    do {
      let result = try search.result(stop: stop) { [mailbox] sentence in
        mailbox.post(.searching(sentence, generation: generation))
      }
      return .answer(.search(result), to: request, generation: generation)
    } catch {
      return .failed(Notice(sentence(of: error), request: request))
    }
  }
}
