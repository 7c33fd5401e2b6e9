extension Array where Element: Sendable {
  /// What each element becomes, in their order, by that many threads with stacks as large as any
  /// other's; the calling thread is one of them.
  package func mapInParallel<Result: Sendable>(
    threads: Int, _ transform: @escaping @Sendable (Element) -> Result
  ) -> [Result] {
    guard count > 1, threads > 1 else { return map(transform) }
    let work = Shared(ParallelWork<Result>(count: count))
    let run = { @Sendable in
      while let index = work.withLock({ $0.take() }) {
        let result = transform(self[index])
        work.withLock { $0.results[index] = result }
      }
    }
    let workers = (1..<Swift.min(threads, count)).map { number in
      Worker.start("part \(number)", run)
    }
    run()
    for worker in workers { worker.join() }
    return work.snapshot.results.compactMap(\.self)
  }
}

private struct ParallelWork<Result: Sendable>: Sendable {
  private var next = 0
  var results: [Result?]

  init(count: Int) { results = Array(repeating: nil, count: count) }

  mutating func take() -> Int? {
    guard next < results.count else { return nil }
    next += 1
    return next - 1
  }
}
