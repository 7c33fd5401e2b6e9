import Events
import Workers

/// The thread that keeps the made-up company at work while the demo is watched.
final class LiveTraffic: Sendable {
  private let traffic: DemoTraffic
  private let rate: Int
  private let clock: Clock
  private let isStopping = Shared(false)
  private let worker: Shared<Worker?> = Shared(nil)

  init(_ traffic: DemoTraffic, rate: Int, clock: Clock) {
    self.traffic = traffic
    self.rate = rate
    self.clock = clock
  }

  func start() {
    let worker = Worker.start("demo") { [self] in
      var traffic = traffic
      var written = 0
      while isStopping.wait(atMost: .seconds(1) / rate, until: { $0 ? true : nil }) == nil {
        written += 1
        do {
          try traffic.append(at: clock.now(), scanEvery: 12)
          // Now and then a whole file is delivered, as S3 would.
          if written % (rate * 20) == 0 {
            try traffic.deliver(records: 12, from: clock.now() - 60, seconds: 60, scanEvery: 4)
          }
        } catch {
          return  // the directory is gone or full: the demo shows what there is
        }
      }
    }
    self.worker.withLock { $0 = worker }
  }

  func finish() {
    isStopping.withLock { $0 = true }
    worker.withLock { worker in
      worker?.join()
      worker = nil
    }
  }
}
