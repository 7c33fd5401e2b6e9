/// Messages for a thread that waits in `poll`: posting never blocks and wakes it.
///
/// Unbounded, so it is for answers and notices whose number someone else bounds.
package final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Shared<[Message]>([])
  private let bell = Bell()

  package init() {}

  /// Readable while there are messages.
  package var descriptor: Int32 { bell.descriptor }

  package func post(_ message: Message) {
    let wasEmpty = messages.withLock { messages in
      messages.append(message)
      return messages.count == 1
    }
    if wasEmpty { bell.ring() }
  }

  /// Every message so far, in the order of posting.
  package func drain() -> [Message] {
    // Silenced first: a message that comes in between rings again and is never overlooked.
    bell.silence()
    return messages.withLock { messages in
      defer { messages.removeAll() }
      return messages
    }
  }

  /// Waits until there is a message or time is up, and says whether there is one.
  package func wait(atMost limit: Duration) -> Bool { bell.wait(atMost: limit) }
}

/// The newest report of a thread, for one that waits in `poll`: older ones are overwritten.
package final class Newest<Report: Sendable>: Sendable {
  private let report = Shared<Report?>(nil)
  private let bell = Bell()

  package init() {}

  /// Readable while there is a report that was not taken.
  package var descriptor: Int32 { bell.descriptor }

  package func post(_ newest: Report) {
    let wasEmpty = report.withLock { report in
      defer { report = newest }
      return report == nil
    }
    if wasEmpty { bell.ring() }
  }

  /// The newest report, once; nil where there was none since the last call.
  package func take() -> Report? {
    bell.silence()
    return report.withLock { report in
      defer { report = nil }
      return report
    }
  }
}
