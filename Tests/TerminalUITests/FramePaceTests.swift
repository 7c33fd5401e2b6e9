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
    for _ in 0..<Int(FramePace.mostSaved) { pace.drawn(at: start) }
    pace.asked(urgently: false)
    #expect(pace.due(at: start + .milliseconds(1)) == start + FramePace.shortest)
    pace.asked(urgently: true)
    #expect(pace.due(at: start + .milliseconds(1)) == start + .milliseconds(1))
    pace.asked(urgently: false)
    #expect(pace.due(at: start + .milliseconds(2)) == start + .milliseconds(2))
  }

  @Test func aFewFramesAreSavedUpByRest() {
    var pace = FramePace()
    var now = start
    for _ in 0..<5 {
      for _ in 0..<Int(FramePace.mostSaved) {
        pace.asked(urgently: false)
        #expect(pace.due(at: now).map { $0 <= now } == true)
        pace.drawn(at: now)
      }
      pace.asked(urgently: false)
      #expect(pace.due(at: now) == now + FramePace.shortest)
      now = now + FramePace.shortest * 10
    }
  }

  @Test func inTheLongRunThereAreThirtyFramesASecond() {
    var pace = FramePace()
    var drawn = 0
    for millisecond in 0..<3000 {
      let now = start + .milliseconds(millisecond)
      pace.asked(urgently: false)
      guard let due = pace.due(at: now), due <= now else { continue }
      pace.drawn(at: now)
      drawn += 1
    }
    #expect((90...98).contains(drawn))
  }

  @Test func aFrameThatChangesNothingUsesUpNone() {
    var pace = FramePace()
    for _ in 0..<100 { pace.drawn(at: start, sent: false) }
    pace.asked(urgently: false)
    #expect(pace.due(at: start) == start)
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
