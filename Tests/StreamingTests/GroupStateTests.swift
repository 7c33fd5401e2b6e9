import Events
import Streaming
import TestSupport
import Testing

@Suite struct GroupStates {
  private let grouped: Plan

  init() throws {
    grouped = try plan(
      "* | stats count min(x) as lo max(x) as hi values(x{}) as v dc(x{}) as d by key",
      PlanSettings(keepNull: ["key"], sampleFields: ["note", "note{}"]))
  }

  private func state(_ lines: [String]) throws -> GroupState {
    let plan = grouped
    var state = plan.emptyState
    for line in lines {
      for one in contributions(of: try JSONLineFields.event(line), to: plan) { state.add(one) }
    }
    return state
  }

  @Test func keepTimesOfOldestAndNewestEvent() throws {
    let state = try state([
      #"{"_time":5,"key":"k"}"#, #"{"_time":9,"key":"k"}"#, #"{"key":"k"}"#,
      #"{"_time":7,"key":"k"}"#,
    ])
    #expect(state.count == 4)
    #expect(state.firstTime == Timestamp(seconds: 5))
    #expect(state.lastTime == Timestamp(seconds: 9))
  }

  @Test func keepTheSampleOfTheNewestEvent() throws {
    let state = try state([
      #"{"_time":9,"key":"k","note":"new"}"#, #"{"_time":5,"key":"k","note":"old"}"#,
    ])
    #expect(state.sample == ["note": "new"])
  }

  @Test func breakTiesOfSamplesTheSameWayInAnyOrder() throws {
    let lines = ["a", "c", "b"].map { #"{"_time":9,"key":"k","note":"\#($0)"}"# }
    let forward = try state(lines)
    let backward = try state(lines.reversed())
    #expect(forward == backward)
    #expect(forward.encode() == backward.encode())
    #expect(forward.sample == ["note": "c"])
  }

  @Test func remainThemselvesAsBytes() throws {
    let state = try state([
      #"{"_time":-5,"x":["b","10",1.5,"é"],"note":["p","q"]}"#, #"{"_time":9,"x":"a"}"#, "{}",
    ])
    #expect(try GroupState(decoding: state.encode()) == state)
    #expect(state.marks == ["key is null"])
  }

  @Test func mergeWithNothingChangesNothing() throws {
    let state = try state([#"{"_time":1,"x":"4","note":"n"}"#])
    var merged = grouped.emptyState
    try merged.merge(state)
    #expect(merged == state)
    try merged.merge(grouped.emptyState)
    #expect(merged == state)
  }

  @Test func refuseTheStateOfAnotherPlan() throws {
    var state = try state([#"{"x":"4"}"#])
    let other = try plan("* | stats count").emptyState
    #expect(throws: StreamingProblem.otherPlan) { try state.merge(other) }
    var swapped = try plan("* | stats min(a) as a").emptyState
    let counted = try plan("* | stats count").emptyState
    #expect(throws: StreamingProblem.otherPlan) { try swapped.merge(counted) }
  }

  @Test func refuseBytesOfAnotherVersion() throws {
    var bytes = try state([#"{"x":"4"}"#]).encode()
    bytes[0] = 9
    #expect(throws: StreamingProblem.unknownVersion(9)) { try GroupState(decoding: bytes) }
    #expect(StreamingProblem.unknownVersion(9).sentence == "group state has format 9, not 2")
  }

  @Test func refuseEveryCutAndSurviveAnyChangedByte() throws {
    let bytes = try state([#"{"_time":1,"x":["b","10","é"],"note":["p","q"]}"#]).encode()
    for length in bytes.indices {
      #expect(throws: StreamingProblem.damaged, "cut at \(length)") {
        try GroupState(decoding: Array(bytes[..<length]))
      }
    }
    var random = SplitMix64(seed: 1)
    var read = 0
    for _ in 0..<5000 {
      var damaged = bytes
      damaged[Int.random(in: 1..<bytes.count, using: &random)] = .random(
        in: 0...255, using: &random)
      do {
        _ = try GroupState(decoding: damaged)
        read += 1
      } catch {
        continue  // refused, which is what damage deserves
      }
    }
    #expect(read < 5000)
  }
}

@Suite struct GroupKeys {
  @Test func tellNullFromEmptyAndPartsFromEachOther() {
    let keys = [
      [.null, "x"], ["", "x"], ["x", .null], ["x", ""], ["xx", ""], ["", "xx"],
    ].map { (values: [Value]) in GroupKey(values) }
    #expect(Set(keys.map(\.bytes)).count == keys.count)
  }

  @Test func comeBackFromTheirBytes() throws {
    let key = GroupKey([.null, "", "é", .number(.whole(5)), .many(["a", "b"])])
    let read = try GroupKey(decoding: key.bytes)
    #expect(read == key)
    #expect(read.values == [.null, "", "é", "5", "a\nb"])
  }

  @Test func sortByValueBeforeLength() {
    let keys = [GroupKey(["b"]), GroupKey(["aa"]), GroupKey([.null]), GroupKey([""])]
    #expect(keys.sorted().map(\.values) == [[.null], [""], ["aa"], ["b"]])
  }
}
