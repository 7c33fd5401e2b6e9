import Diagnostics
import Testing

@testable import Configuration

@Suite struct ConfigurationFileReading {
  @Test func eachSettingTakesItsValueAndRemembersItsLine() throws {
    let configuration = try read(
      """
      # night shift
      paths: [/var/log/cloudtrail, ~/extra]
      theme: day
      bell: true
      lag_minutes: 15
      on_finding: [/usr/bin/logger, -t, watch floor]
      """)
    #expect(configuration.list(.paths) == ["/var/log/cloudtrail", "/home/ana/extra"])
    #expect(configuration.text(.theme) == "day")
    #expect(configuration.isOn(.bell))
    #expect(configuration.whole(.lagMinutes) == 15)
    #expect(configuration.list(.onFinding) == ["/usr/bin/logger", "-t", "watch floor"])
    #expect(configuration[.theme].origin == .file("config.yml", line: 3))
    #expect(configuration[.ascii].origin == .fallback)
  }

  @Test func aFileOfCommentsSetsNothing() throws {
    #expect(try read("# nothing yet\n\n  # still nothing\n") == Configuration())
    #expect(try read("") == Configuration())
  }

  @Test func aKeyWithoutAValueSetsNothing() throws {
    #expect(try read("theme:\n") == Configuration())
  }

  @Test func oneTextIsAListOfIt() throws {
    #expect(try read("paths: /logs\n").list(.paths) == ["/logs"])
  }

  @Test func everyMistakeIsToldAtOnceWithWhatMendsIt() {
    let text = """
      tehme: floor
      bell: loud
      notify: osc8
      lag_minutes: -3
      paths: [logs]
      state: [/a, /b]
      on_finding: {run: me}

      """
    let problems = #expect(throws: Problems.self) { try read(text) }
    let told = problems?.diagnostics.map { [$0.message, $0.help].compactMap { $0 } }
    #expect(
      told == [
        ["there is no setting 'tehme'", "did you mean 'theme'?"],
        ["'bell' is 'loud', expected true or false"],
        ["'notify' is 'osc8', expected off, osc9 or osc777", "did you mean 'osc9'?"],
        ["'lag_minutes' is '-3', expected a whole number from 0 to 10080"],
        ["'paths' is 'logs', expected a path from / or ~/"],
        ["'state' is a list, expected one value", "state: /srv/watchfloor"],
        [
          "'on_finding' is a mapping, expected a list of texts",
          "on_finding: [/usr/local/bin/page-me, --team, registries]",
        ],
      ])
  }

  @Test func theTemplateSetsNothingAndItsExamplesAllHold() throws {
    let template = Configuration.template
    #expect(try read(template) == Configuration())
    let examples = Setting.allCases.map { "\($0.rawValue): \($0.example)\n" }.joined()
    #expect(template.contains("# theme: day"))
    let configuration = try read(examples)
    for setting in Setting.allCases { #expect(configuration[setting].origin != .fallback) }
  }

  private func read(_ text: String) throws(Problems) -> Configuration {
    var configuration = Configuration()
    try ConfigurationFile.apply(text, name: "config.yml", home: "/home/ana", to: &configuration)
    return configuration
  }
}

@Suite struct EnvironmentReading {
  @Test func variablesStandOverTheFile() throws {
    var configuration = Configuration()
    try ConfigurationFile.apply(
      "theme: night\nbell: true\n", name: "c", home: "/h", to: &configuration)
    let variables = [
      "WATCHFLOOR_THEME": "day", "WATCHFLOOR_PATHS": "/a:~/b", "WATCHFLOOR_BELL": "",
    ]
    let problems = configuration.apply(environment: { variables[$0] }, home: "/h")
    #expect(problems == [])
    #expect(configuration.text(.theme) == "day")
    #expect(configuration[.theme].origin.shown == "WATCHFLOOR_THEME")
    #expect(configuration.list(.paths) == ["/a", "/h/b"])
    #expect(configuration[.bell].origin == .file("c", line: 2))
  }

  @Test func aVariableThatCannotBeReadIsNamed() {
    var configuration = Configuration()
    let variables = ["WATCHFLOOR_POLL": "maybe"]
    let problems = configuration.apply(environment: { variables[$0] }, home: "/h")
    #expect(problems == ["in WATCHFLOOR_POLL: 'poll' is 'maybe', expected true or false"])
    #expect(!configuration.isOn(.poll))
  }
}
