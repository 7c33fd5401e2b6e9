import Events
import TestSupport
import Testing

@testable import Streaming

@Suite struct TimeFormats {
  private func text(_ format: String, _ seconds: Double) -> String? {
    Strftime(format).string(from: Number(seconds))
  }

  @Test func knowEveryConversion() {
    // A Wednesday.
    let moment = 1_628_682_747.25
    for (format, expected) in [
      ("%Y-%m-%dT%H:%M:%S", "2021-08-11T11:52:27"), ("%F %T", "2021-08-11 11:52:27"),
      ("%m/%d/%y", "08/11/21"), ("%D %R", "08/11/21 11:52"), ("%a %A", "Wed Wednesday"),
      ("%b %B %h", "Aug August Aug"), ("%j", "223"), ("%w %u", "3 3"), ("%U %W %V", "32 32 32"),
      ("%I:%M %p", "11:52 AM"), ("%e", "11"), ("%k %l", "11 11"), ("%s", "1628682747"),
      ("%z %:z %Ez %Z", "+0000 +00:00 +00:00 UTC"), ("%3N", "250"), ("%N", "250000000"),
      ("%Q", "250"), ("%6Q", "250000"), ("%f", "250000"), ("%C %G %g", "20 2021 21"),
      ("%x %X", "08/11/21 11:52:27"), ("%r", "11:52:27 AM"),
      ("%c", "Wed Aug 11 11:52:27 2021"), ("%+", "Wed Aug 11 11:52:27 UTC 2021"),
      ("%v", "11-Aug-2021"), ("100%% %n%t", "100% \n\t"),
    ] {
      #expect(text(format, moment) == expected, "\(format)")
    }
  }

  @Test func leaveWhatTheyDoNotKnow() {
    #expect(text("%! %", 0) == "%! %")
    #expect(text("%L%5", 0) == "%L%5")
    #expect(text("", 0) == "")
  }

  @Test func padWithSpacesWhereTheyShould() {
    #expect(text("%e|%k|%l|%p", 1_609_459_200 + 86400 * 4 + 3600 * 13) == " 5|13| 1|PM")
  }

  @Test func tellNoonFromMidnight() {
    #expect(text("%I%p %l%P", 0) == "12AM 12am")
    #expect(text("%I%p %l%P", 43200) == "12PM 12pm")
  }

  @Test func countWeeksAroundNewYear() {
    // 2021-01-01 was a Friday, in the last ISO week of 2020.
    #expect(text("%G-%V %U %W", 1_609_459_200) == "2020-53 00 00")
    // 2018-12-31 was a Monday, in the first ISO week of 2019.
    #expect(text("%G-%V %U %W", 1_546_214_400) == "2019-01 52 53")
  }

  @Test func reachBackBeforeTheEpoch() {
    #expect(text("%F %T.%1N", -0.5) == "1969-12-31 23:59:59.5")
  }

  @Test func haveNoTextForMomentsWithoutFourDigitYears() {
    #expect(text("%F", 1e15) == nil)
    #expect(text("%F", 1e300) == nil)
    #expect(text("%F", 253_402_300_799) == "9999-12-31")
  }
}
