internal import Synchronization

/// Asks a thread to stop at its next convenience; never lowered again.
package final class StopFlag: Sendable {
  private let raised = Atomic<Bool>(false)

  package init() {}

  package var isRaised: Bool { raised.load(ordering: .acquiring) }

  package func raise() { raised.store(true, ordering: .releasing) }
}
