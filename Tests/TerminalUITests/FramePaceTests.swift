import Testing

@testable import TerminalUI

@Suite struct Pace {
  private let start = ContinuousClock.now

  @Test func drawsNothingThatNobodyAskedFor() {
    #expect(FramePace().due(at: start) == nil)
  }

  @Test func theFirstFrameComesAtOnce() {
    var pace = FramePace()
    pace.asked(urgently: false)
    #expect(pace.due(at: start) == start)
  }

  @Test func messagesWaitForTheirTurnAndKeysDoNot() {
    var pace = FramePace()
    pace.drawn(at: start)
    pace.asked(urgently: false)
    #expect(pace.due(at: start + .milliseconds(1)) == start + FramePace.shortest)
    pace.asked(urgently: true)
    #expect(pace.due(at: start + .milliseconds(1)) == start + .milliseconds(1))
    pace.asked(urgently: false)
    #expect(pace.due(at: start + .milliseconds(2)) == start + .milliseconds(2))
  }

  @Test func aFrameAnswersAllThatAskedForIt() {
    var pace = FramePace()
    pace.asked(urgently: true)
    pace.asked(urgently: false)
    pace.drawn(at: start)
    #expect(pace.due(at: start) == nil)
    #expect(!pace.isWanted)
  }
}
