import Testing
import Workers

@Suite("Mailboxes", .timeLimit(.minutes(10)))
struct MailboxTests {
  @Test func everyMessageArrivesInOrderAndWakesTheReader() {
    let mailbox = Mailbox<Int>()
    let sender = Worker.start("sender") { for number in 0..<5_000 { mailbox.post(number) } }
    var taken: [Int] = []
    while taken.count < 5_000 {
      #expect(mailbox.wait(atMost: .seconds(30)))
      taken += mailbox.drain()
    }
    sender.join()
    #expect(taken == Array(0..<5_000))
  }

  @Test func anEmptyMailboxIsNotReadable() {
    let mailbox = Mailbox<Int>()
    #expect(!mailbox.wait(atMost: .zero))
    mailbox.post(1)
    #expect(mailbox.wait(atMost: .zero))
    _ = mailbox.drain()
    #expect(!mailbox.wait(atMost: .zero))
  }

  @Test func ofReportsOnlyTheNewestIsKept() {
    let newest = Newest<Int>()
    #expect(newest.take() == nil)
    newest.post(1)
    newest.post(2)
    #expect(newest.take() == 2)
    #expect(newest.take() == nil)
  }

  @Test func aBellRingsUntilItIsSilenced() {
    let bell = Bell()
    for _ in 0..<100_000 { bell.ring() }
    #expect(bell.wait(atMost: .zero))
    bell.silence()
    #expect(!bell.wait(atMost: .zero))
  }

  @Test func waitsAreRoundedUpToWholeMilliseconds() {
    #expect(Duration.microseconds(1).pollMilliseconds == 1)
    #expect(Duration.milliseconds(20).pollMilliseconds == 20)
    #expect(Duration.seconds(-1).pollMilliseconds == 0)
    #expect(Duration.seconds(1 << 60).pollMilliseconds == Int32.max)
  }

  @Test func aSharedValueIsWaitedForWithALimit() {
    let shared = Shared(0)
    #expect(shared.wait(atMost: .milliseconds(1)) { $0 == 1 ? true : nil } == nil)
    let changer = Worker.start("changer") { shared.withLock { $0 = 1 } }
    #expect(shared.wait { $0 == 1 ? true : nil } == true)
    changer.join()
    let flag = StopFlag()
    #expect(!flag.isRaised)
    flag.raise()
    #expect(flag.isRaised)
  }
}
