import Detections
import Diagnostics
import SPL
import Testing

@Suite("Tables of the user's")
struct UserTablesTests {
  private func tables(
    _ files: [String: String], zone: (String) -> [ZoneChange]? = { _ in nil }
  ) -> UserTables {
    UserTables(
      folder: "lookups/",
      files: files.sorted { $0.key < $1.key }.map { TextFile(path: "lookups/\($0)", text: $1) },
      zone: zone)
  }

  private func macro(_ name: String, _ tables: UserTables, user: String? = nil) -> String? {
    let file = user.map { TextFile(path: "macros.yml", text: $0) }
    return RuleLibrary(userMacros: file, tables: tables).macros.macro(named: name, arity: 0)?
      .definition
  }

  @Test func ofTwoFilesOfOneNameTheLaterCounts() {
    let tables = UserTables(
      folder: "lookups/",
      files: [
        TextFile(path: "a/teams.csv", text: "user,team\na,x\n"),
        TextFile(path: "b/teams.csv", text: "user,team\na,y\n"),
      ])
    #expect(tables.tables["teams"]?.rows == [["a", "y"]])
  }

  @Test func ownersAreFoundByTheFirstLineThatFits() {
    let owners = tables([
      "owners.csv": """
      repository,owner,environment,sla_days_high,sla_days_critical
      payments/*,team-payments,production,14,3
      *,platform,,,
      """
    ]).owners
    #expect(owners.line(of: "Payments/api")?.owner == "team-payments")
    #expect(owners.line(of: "payments/api")?.environment == "production")
    #expect(owners.line(of: "web")?.owner == "platform")
    #expect(owners.days(of: "HIGH", in: "payments/api") == 14)
    #expect(owners.days(of: "CRITICAL", in: "payments/api") == 3)
    #expect(owners.days(of: "HIGH", in: "web") == 30)
    #expect(owners.days(of: "CRITICAL", in: "web") == 7)
    #expect(owners.days(of: "LOW", in: "web") == nil)
    #expect(tables([:]).owners.line(of: "web") == nil)
  }

  @Test func knownScannersAreUsersOfAPattern() {
    let scanners = tables(["known_scanners.csv": "user,note\nci-*,builds\n"]).scanners
    #expect(scanners.note(on: "CI-builder") == "builds")
    #expect(scanners.note(on: "alice") == nil)
  }

  @Test func aTableOfPublishersStandsForTheMacro() {
    let file = ["aws_ecr_users.csv": "userName\nci-*\n\"a\"\"b\"\n\n"]
    #expect(macro("aws_ecr_users", tables(file)) == #"userName IN ("ci-*", "a\"b")"#)
    #expect(macro("aws_ecr_users", tables([:])) == "userName IN (user)")
    let user = "- {name: aws_ecr_users, definition: 'userName=x'}\n"
    #expect(macro("aws_ecr_users", tables(file), user: user) == "userName=x")
  }

  @Test func hoursOfAZoneStandForTheMacro() {
    let file = [
      "business_hours.csv": """
      zone,days,from,to
      Europe/Berlin,monday-friday,08:00,18:30
      Europe/Berlin,saturday | sunday,22:00,02:00
      """
    ]
    let found = tables(file) { _ in [ZoneChange(from: .min, offset: 3600)] }
    #expect(found.problems.isEmpty)
    #expect(found.zone == [ZoneChange(from: .min, offset: 3600)])
    #expect(
      macro("aws_ecr_outside_business_hours", found)
        == "NOT ((local_wday IN (monday, tuesday, wednesday, thursday, friday) local_minute>=480 "
        + "local_minute<1110) OR (local_wday IN (saturday, sunday) "
        + "(local_minute>=1320 OR local_minute<120)))")
  }

  @Test func whatIsWrongWithAFileIsSaid() {
    let cases = [
      ("owners.csv", "repo,owner\n", "missing-column"),
      ("business_hours.csv", "zone,days,from,to\nMars,monday,8:00,9:00\n", "unknown-zone"),
      ("business_hours.csv", "zone,days,from,to\nUTC,moonday,8:00,9:00\n", "wrong-hours"),
      ("business_hours.csv", "zone,days,from,to\nUTC,monday,8,25:00\n", "wrong-hours"),
    ]
    for (name, text, code) in cases {
      let tables = tables([name: text])
      #expect(tables.problems.map(\.diagnostic.code) == [code], "\(name)")
      #expect(RuleLibrary(tables: tables).problems.map(\.diagnostic.code) == [code], "\(name)")
    }
  }
}
