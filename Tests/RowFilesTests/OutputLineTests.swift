import Events
import Findings
import JSON
import TestSupport
import Testing

@testable import RowFiles

@Suite("A line of a job's output")
struct OutputLineTests {
  static let line = """
    {"watchfloor_row":1,"rule_id":"30a0","rule":"High","plan":"ab12","window":[1628682600,1628686200],\
    "key":["a",null,["x","y"]],"version":17,"count":3,"first":1628682601.25,"last":1628682700,\
    "columns":[["firstTime","2021-08-11T11:50:01"],["count",3],["rate",0.25],["phase",["a","b"]],\
    ["x",null],["flag",true]],"sample":{"uri":"u","none":null,"n":["1",2]},"marks":["m"],\
    "records":["{\\"eventID\\":\\"e\\"}"]}
    """

  private func read(_ text: String) throws -> OutputLine {
    try OutputLine(Array(text.utf8), directory: "/out")
  }

  private func row(_ text: String) throws -> (JobRow, [[UInt8]]) {
    guard case .row(let row, let records) = try read(text) else { throw Wrong() }
    return (row, records)
  }

  private struct Wrong: Error {}

  private func problem(_ text: String) -> OutputLineProblem? {
    do throws(OutputLineProblem) {
      _ = try OutputLine(Array(text.utf8), directory: "/out")
      return nil
    } catch {
      return error
    }
  }

  @Test func aRowHasTypesOfItsColumns() throws {
    let (row, records) = try row(Self.line)
    #expect(row.ruleID == "30a0" && row.rule == "High" && row.plan == "ab12" && row.version == 17)
    #expect(row.window == Window(start: Timestamp(seconds: 1_628_682_600)))
    #expect(row.key == ["a", .null, .many(["x", "y"])])
    let content = try #require(row.content)
    #expect(content.count == 3 && content.first.seconds == 1_628_682_601)
    #expect(content.last.seconds == 1_628_682_700)
    #expect(content.columns == ["firstTime", "count", "rate", "phase", "x", "flag"])
    #expect(
      content.values == [
        "2021-08-11T11:50:01", .number(.whole(3)), .number(.real(0.25)), .many(["a", "b"]), .null,
        "true",
      ])
    #expect(content.sample == ["uri": "u", "n": .many(["1", .number(.whole(2))])])
    #expect(content.marks == ["m"])
    #expect(records == [Array(#"{"eventID":"e"}"#.utf8)])
  }

  @Test func aWithdrawnRowNeedsNoMoreThanItsName() throws {
    let (row, records) = try row(
      #"{"watchfloor_row":1,"rule_id":"r","window":[1628682600,1628686200],"key":[],"version":2,"#
        + #""withdrawn":true}"#)
    #expect(row.content == nil && records.isEmpty && row.rule == "r")
  }

  @Test func aRowOfRecordsWithoutATimeIsOfTheHourOf1970() throws {
    let text = Self.line.replacing("[1628682600,1628686200]", with: "[-600,3000]")
      .replacing("1628682601.25", with: "0").replacing("\"last\":1628682700", with: "\"last\":0")
    let (row, _) = try row(text)
    #expect(row.window == Window(containing: Timestamp(seconds: 0)))
    let content = try #require(row.content)
    #expect(content.first.seconds == 0 && content.last.seconds == 0)
  }

  @Test func aBatchIsOfItsDirectory() throws {
    guard
      case .batch(let batch) = try read(
        #"{"watchfloor_progress":1,"batch":17,"at":100,"files":2,"records":9,"dead":1,"late":3,"#
          + #""newest":null}"#)
    else { return #expect(Bool(false), "it should be a batch") }
    #expect(
      batch
        == JobBatch(
          directory: "/out", number: 17, at: Timestamp(seconds: 100), files: 2, records: 9,
          dead: 1, late: 3, newest: nil))
  }

  @Test func whatIsWrongIsNamed() {
    let line = Self.line
    let wrongs: [(String, OutputLineProblem)] = [
      (line.replacing(#""watchfloor_row":1"#, with: #""watchfloor_row":2"#), .otherFormat(2)),
      ("[1]", .notARow(found: .array)), ("{}", .notARow(found: .object)),
      (#"{"eventName":"X"}"#, .notARow(found: .object)),
      (
        line.replacing("1628686200", with: "1628686201"),
        .field("window", expected: "the ends of an hour that begins at minute 50")
      ),
      (
        line.replacing("[1628682600,1628686200]", with: "[1628683200,1628686800]"),
        .field("window", expected: "the ends of an hour that begins at minute 50")
      ),
      (
        line.replacing(#""version":17"#, with: #""version":"17""#),
        .field("version", expected: "a whole number")
      ),
      (
        line.replacing(#""version":17"#, with: #""version":9007199254740993"#),
        .field("version", expected: "a whole number below 2^53")
      ),
      (
        line.replacing(#"["count",3]"#, with: #"["count",{}]"#),
        .field("count", expected: "text, a number, null or a list of these")
      ),
      (
        line.replacing(#""last":1628682700"#, with: #""last":1628686200"#),
        .field("last", expected: "times of the window, 'first' before it")
      ),
    ]
    for (text, expected) in wrongs { #expect(problem(text) == expected, "\(text)") }
    #expect(problem("{")?.sentence.hasPrefix("this line of a row file is not JSON: ") == true)
  }

  @Test func noTextTraps() {
    for seed in UInt64(0)..<300 {
      var random = SplitMix64(seed: seed)
      var bytes = Array(Self.line.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        if Bool.random(using: &random) {
          bytes[place] = UInt8.random(in: 0...255, using: &random)
        } else {
          bytes.removeSubrange(place..<min(bytes.count, place + 9))
        }
      }
      // Whatever it is: a row or a problem with words.
      do throws(OutputLineProblem) {
        _ = try OutputLine(bytes, directory: "/out")
      } catch {
        #expect(!error.sentence.isEmpty, "seed \(seed)")
      }
    }
  }

  @Test func linesOfAJobAreToldByTheirFirstKey() {
    for (text, isLikely) in [
      (Self.line, true), (#" { "watchfloor_progress":1}"#, true),
      (#"{"eventID":"watchfloor_"}"#, false), ("{", false), ("", false),
      (#"{"watchfloor":1}"#, false),
    ] {
      #expect(Array(text.utf8).withUnsafeBytes { OutputLine.isLikely($0) } == isLikely, "\(text)")
    }
  }
}
