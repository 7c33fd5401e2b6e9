import Events
import Foundation
import SyntheticTrail
import Testing

@Suite struct Traffic {
  private let noon = Timestamp(year: 2026, month: 3, day: 16, hour: 12)

  @Test func theSameSeedGivesTheSameRecords() {
    var first = SyntheticTrail(seed: 7)
    var second = SyntheticTrail(seed: 7)
    for minute in 0..<200 {
      let time = noon + Int64(minute) * 60
      #expect(first.record(at: time) == second.record(at: time))
    }
  }

  @Test func everyRecordIsOneLineOfJSON() throws {
    var trail = SyntheticTrail(seed: 1)
    var scans = 0
    for second in 0..<2_000 {
      let line = trail.record(at: noon + Int64(second))
      #expect(!line.contains("\n"))
      let record = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(record["eventTime"] as? String == (noon + Int64(second)).iso8601 + "Z")
      if record["eventName"] as? String == "DescribeImageScanFindings" { scans += 1 }
    }
    #expect(scans > 20)
  }

  @Test func identifiersOfACorpusComeAgainAsOftenAsIsWanted() {
    var different: [Int] = []
    for entropy in [0, 0.5, 1] {
      var plan = Corpus.Plan()
      plan.entropy = entropy
      var corpus = Corpus(plan)
      var text: [UInt8] = []
      for _ in 0..<1_000 { corpus.append(to: &text, as: .line) }
      let words = String(decoding: text, as: UTF8.self).split { !$0.isHexDigit }
      different.append(Set(words.filter { $0.count == 17 }).count)
    }
    #expect(different[0] * 2 < different[1] && different[1] * 4 < different[2] * 3, "\(different)")
  }

  @Test func aScanCountsItsFindingsRight() throws {
    var trail = SyntheticTrail(seed: 3)
    for _ in 0..<50 {
      let record = try #require(
        JSONSerialization.jsonObject(with: Data(trail.scan(at: noon).utf8)) as? [String: Any])
      let response = try #require(record["responseElements"] as? [String: Any])
      let scan = try #require(response["imageScanFindings"] as? [String: Any])
      let findings = try #require(scan["findings"] as? [[String: Any]])
      let counts = try #require(scan["findingSeverityCounts"] as? [String: Int])
      #expect(findings.count == counts.values.reduce(0, +))
      for (word, count) in counts {
        #expect(findings.count { $0["severity"] as? String == word } == count)
      }
    }
  }
}
