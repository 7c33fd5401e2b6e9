import Events
import TestSupport
import Testing

@Suite struct TimeTests {
  @Test func readsTheNotationsOfISO8601() {
    let notations: [(String, Int64)] = [
      ("2021-08-11T11:52:27Z", 1_628_682_747), ("2021-08-11 11:52:27", 1_628_682_747),
      ("2021-08-11t11:52:27z", 1_628_682_747), ("2021-08-11T11:52:27.999Z", 1_628_682_747),
      ("2021-08-11T13:52:27+02:00", 1_628_682_747), ("2021-08-11T06:22:27-0530", 1_628_682_747),
      ("2021-08-11T13:52:27+02", 1_628_682_747), ("2021-08-11T11:52Z", 1_628_682_720),
      ("2021-08-11", 1_628_640_000), ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1),
      ("2000-02-29T00:00:00Z", 951_782_400), ("2016-12-31T23:59:60Z", 1_483_228_800),
      ("0000-01-01T00:00:00Z", -62_167_219_200), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ]
    for (text, seconds) in notations {
      #expect(Timestamp(iso8601: text)?.seconds == seconds, "\(text)")
    }
  }

  @Test func readsNothingElse() {
    let others = [
      "", "yesterday", "2021-8-11", "2021-13-01", "2021-00-10", "2021-02-29", "2021-04-31",
      "1900-02-29", "2021-01-00", "2021-01-32", "2021-08-11T24:00:00Z", "2021-08-11T11:60Z",
      "2021-08-11T11:52:61Z", "2021-08-11T11:52:27.Z", "2021-08-11T11:52:27Zx", "2021-08-11T",
      "2021-08-11T11", " 2021-08-11", "2021-08-11T11:52:27+2", "2021-08-11T11:52:27+99:00",
      "2021-08-11T11:52:27+02:", "2021-08-11T11:52:27+02:60", "٢٠٢١-٠٨-١١",
    ]
    for text in others { #expect(Timestamp(iso8601: text) == nil, "\(text)") }
  }

  @Test func takesApartAndPutsTogether() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<20_000 {
      let time = Timestamp(
        seconds: Int64.random(in: -62_167_219_200...253_402_300_799, using: &random))
      let parts = CalendarTime(time)
      let again = Timestamp(
        year: parts.year, month: parts.month, day: parts.day, hour: parts.hour,
        minute: parts.minute, second: parts.second)
      #expect(again == time)
      #expect(Timestamp(iso8601: time.iso8601 + "Z") == time)
      #expect(CalendarTime(time + 86_400).weekday == (parts.weekday + 1) % 7)
    }
  }

  @Test func knowsTheDayOfTheWeek() {
    #expect(CalendarTime(Timestamp(year: 2021, month: 8, day: 11)).weekday == 3)
    #expect(CalendarTime(Timestamp(year: 1969, month: 12, day: 28)).weekday == 0)
  }

  @Test func writesUTCWithoutAZone() {
    let time = Timestamp(seconds: 1_628_682_747)
    #expect(time.iso8601 == "2021-08-11T11:52:27")
    #expect(time.date == "2021-08-11" && time.timeOfDay == "11:52:27")
    #expect(Timestamp(year: 33, month: 4, day: 3).date == "0033-04-03")
  }

  @Test func windowsBeginTenMinutesBeforeTheHour() {
    let cases = [
      ("2021-08-11T11:49:59Z", "2021-08-11T10:50:00"),
      ("2021-08-11T11:50:00Z", "2021-08-11T11:50:00"),
      ("2021-08-11T11:52:27Z", "2021-08-11T11:50:00"),
      ("2021-08-11T00:00:00Z", "2021-08-10T23:50:00"),
      ("1969-12-31T23:49:59Z", "1969-12-31T22:50:00"),
      ("1969-12-31T23:50:00Z", "1969-12-31T23:50:00"),
    ]
    for (text, start) in cases {
      let window = Timestamp(iso8601: text).map { Window(containing: $0) }
      #expect(window?.start.iso8601 == start, "\(text)")
      #expect(window.map { $0.end - $0.start } == 3600)
    }
  }

  @Test func everyMomentIsInTheWindowThatHoldsIt() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<5000 {
      let time = Timestamp(
        seconds: Int64.random(in: -5_000_000_000...5_000_000_000, using: &random))
      let window = Window(containing: time)
      #expect(window.start <= time && time < window.end)
      #expect(Window(containing: window.end) > window)
      #expect(Window(containing: window.start) == window)
    }
  }
}
