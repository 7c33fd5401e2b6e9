import Events
import Testing

@testable import LogIntegrity

@Suite struct FileNames {
  @Test func tellTheTimeAndPlaceOfALogFile() {
    let name = FileName(
      Text("111122223333_CloudTrail_eu-west-1_20260316T1005Z_3K7ST4QXSVDNO000.json.gz"))
    #expect(name.time == Timestamp(year: 2026, month: 3, day: 16, hour: 10, minute: 5))
    #expect(
      name.place == FileName.Place(account: Text("111122223333"), region: Text("eu-west-1")))
    #expect(!name.isDigest)
    #expect(name.chain == nil)
  }

  @Test func tellTheChainOfADigestWhateverItsTrailIsCalled() {
    for trail in ["main", "my.json_trail", "a_b_c"] {
      let stem = "111122223333_CloudTrail-Digest_eu-west-1_\(trail)_eu-west-1"
      let name = FileName(Text("\(stem)_20260316T100131Z.json.gz"))
      #expect(name.isDigest)
      #expect(name.chain == Text(stem))
      #expect(name.time == nil)
      let backfill = FileName(Text("\(stem)_20260316T100131Z_backfill.json.gz"))
      #expect(backfill.chain == Text(stem + "_backfill"))
    }
  }

  @Test func knowNothingOfOtherFiles() {
    for name in ["", "notes.json", "a_b_c_d_e.json", "1_CloudTrail_r_20261316T1005Z_x.json"] {
      #expect(FileName(Text(name)).time == nil, "\(name)")
      #expect(!FileName(Text(name)).isDigest, "\(name)")
    }
  }
}
