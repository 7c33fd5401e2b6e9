import Events
import Interface
import Testing

struct WordingTests {
  @Test func numbersHaveThousandsSeparators() {
    #expect(Wording.count(0) == "0")
    #expect(Wording.count(999) == "999")
    #expect(Wording.count(1284) == "1,284")
    #expect(Wording.count(-1_234_567) == "-1,234,567")
    #expect(Wording.counted(1, "row") == "1 row")
    #expect(Wording.counted(3102, "row") == "3,102 rows")
  }

  @Test func ratesAreShort() {
    let words = [0, 0.3, 7.2, 42, 999, 3210, 45_600, 7_800_000].map(Wording.rate)
    #expect(words == ["0", "0.3", "7.2", "42", "999", "3.2k", "46k", "7.8M"])
    #expect(Wording.rate(.infinity) == "0")
  }

  @Test func bytesHaveTheirUnit() {
    let words = [Int64(0), 512, 1024, 12 * 1024, 3_565_158, 1 << 40].map(Wording.bytes)
    #expect(words == ["0 B", "512 B", "1 KiB", "12 KiB", "3.4 MiB", "1 TiB"])
  }

  @Test func agesAreRounded() {
    let now = Timestamp(seconds: 1_000_000)
    let words = [0, 12, 140, 3_700, 260_000, -600].map { Wording.age(now - $0, at: now) }
    #expect(words == ["0s", "12s", "2m", "1h", "3d", "future"])
  }

  @Test func dateStandsBeforeATimeOfAnotherDay() {
    let today = Timestamp(year: 2026, month: 3, day: 4, hour: 14)
    #expect(Wording.moment(today - 60, today: today) == "13:59:00")
    #expect(Wording.moment(today - 86_400, today: today) == "2026-03-03 14:00")
    #expect(Wording.listed(today - 60, today: today) == "13:59:00")
    #expect(Wording.listed(today - 86_400, today: today) == "03-03 14:00")
    #expect(Wording.listed(today - 301 * 86_400, today: today) == "2025-05-07 14:00")
  }

  @Test func timeRangesAreTyped() {
    #expect(TimeChoice(typed: "-24h") == .seconds(86_400))
    #expect(TimeChoice(typed: "2w") == .seconds(14 * 86_400))
    #expect(TimeChoice(typed: "all") == .all)
    for text in ["", "-", "h", "24", "--1h", "0h", "9999999999999999999h", "1x"] {
      #expect(TimeChoice(typed: text) == nil, "\(text)")
    }
    #expect(TimeChoice.seconds(5400).title == "last 90 minutes")
  }

  @Test func viewsAreNamedOnTheCommandLine() {
    #expect(View(argument: "overview") == .overview)
    #expect(View(argument: "repository:a/b:c") == .repository("a/b:c"))
    #expect(View(argument: "image:sha256:00") == .image("sha256:00"))
    #expect(View(argument: "nothing") == nil)
    #expect(View(argument: "user") == nil)
  }
}
