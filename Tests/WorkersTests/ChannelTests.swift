import Testing
import Workers

@Suite("A channel", .timeLimit(.minutes(10)))
struct ChannelTests {
  @Test func handsElementsOverInOrder() {
    let channel = Channel<Int>(capacity: 3)
    let producer = Worker.start("producer") {
      for number in 0..<10_000 { channel.push(number) }
      channel.close()
    }
    var taken: [Int] = []
    while let number = channel.pop() { taken.append(number) }
    producer.join()
    #expect(taken == Array(0..<10_000))
  }

  @Test func holdsThePusherBackWhenItIsFull() {
    let channel = Channel<Int>(capacity: 2)
    let pushed = Shared(0)
    let producer = Worker.start("producer") {
      for number in 0..<5 {
        channel.push(number)
        pushed.withLock { $0 += 1 }
      }
    }
    #expect(pushed.wait { $0 == 2 ? true : nil } == true)
    #expect(channel.count == 2)
    #expect(channel.popAll() == [0, 1])
    #expect(pushed.wait { $0 >= 4 ? true : nil } == true)
    #expect(channel.popAll(atMost: 1) == [2])
    producer.join()
    #expect(channel.popAll(atMost: 9) == [3, 4])
  }

  @Test func refusesPushesWhenItIsClosedAndGivesWhatItHas() {
    let channel = Channel<Int>(capacity: 2)
    #expect(channel.push(1))
    channel.close()
    #expect(!channel.push(2))
    #expect(channel.popAll() == [1])
    #expect(channel.popAll() == nil)
    #expect(channel.popAll(within: .milliseconds(1)) == nil)
  }

  @Test func wakesABlockedPusherWhenItIsClosed() {
    let channel = Channel<Int>(capacity: 1)
    channel.push(1)
    let refused = Shared<Bool?>(nil)
    let producer = Worker.start("producer") {
      let isTaken = channel.push(2)
      refused.withLock { $0 = !isTaken }
    }
    channel.close()
    #expect(refused.wait { $0 } == true)
    producer.join()
  }

  @Test func givesNothingWhenTimeIsUp() {
    #expect(Channel<Int>(capacity: 1).popAll(within: .milliseconds(1)) == [])
  }
}
