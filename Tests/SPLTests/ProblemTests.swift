import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import SPL

/// How each kind of problem reads: `Problems/<code>.txt`.
@Suite struct ProblemTests {
  /// A search or two with each problem; the first lines are stages that compile.
  private static let samples: [(ProblemCode, [String])] = [
    (.unclosedQuote, ["user=\"test | stats count"]),
    (.unclosedBacktick, ["`cloudtrail eventName=PutImage\n| stats count"]),
    (.unclosedComment, ["a=1 ```the rest | stats count"]),
    (.unclosedParenthesis, ["a=1 (b=2 OR c=3\n| stats count", "* | stats min(_time"]),
    (
      .unexpectedText,
      ["a=1, b=2", "* | rename user_name user", "* | mvexpand a b", "status NOT IN (200)"]
    ),
    (.joinedText, [#"user="te"st"#]),
    (.unclosedApostrophe, ["* | where 'user.name = \"test\""]),
    (.unclosedBracket, ["a=1 [search b=2 | fields c", "* | append [search b=2"]),
    (.tooDeep, [String(repeating: "(", count: 101) + "a" + String(repeating: ")", count: 101)]),
    (.invalidMacro, ["`cloudtrail(` a=1", "* | `` | stats count"]),
    (.unknownMacro, ["`cloudtrial` eventName=PutImage", "* | `drop_scanners`"]),
    (.macroArguments, ["* | `security_content_ctime`"]),
    (.macroCycle, ["`chicken` a=1"]),
    (.macroSize, ["`large` a=1"]),
    (.unknownToken, ["user=\"$usr$\"", "price=$5$"]),
    (.unsupportedTokenFilter, ["url=\"$user|u$\""]),
    (.noOriginalSearch, ["%original_detection_search% | search a=1"]),
    (
      .misplacedOriginalSearch,
      ["%original_detection_search% a=1", "* | %original_detection_search%"]
    ),
    (.emptySearch, ["", "```only a comment```"]),
    (.emptyStage, ["a=1 |", "a=1 | | stats count"]),
    (.unknownCommand, ["a=1\n| stat count by user", "a=1 | frobnicate"]),
    (
      .unsupportedCommand,
      ["a=1\n| transpose\n| stats count"]
        + CommandName.instead.keys.filter { CommandName.refused[$0] == nil }.sorted()
        .map { "* | \($0) user" }
    ),
    (.refusedCommand, CommandName.refused.keys.sorted().map { "* | \($0) user" }),
    (.notGenerating, ["| stats count by user"]),
    (.misplacedGenerating, ["a=1 | from datamodel Risk.All_Risk"]),
    (.unknownDataset, ["| from datamodel Web.Proxy", "| from lookup:users"]),
    (.missingField, ["a=1 =2", "url=http://host/?id=5"]),
    (.missingValue, ["a= | stats count", "(a!=) b=2"]),
    (.missingTerm, ["a=1 OR", "(a=1 AND) b=2", "NOT"]),
    (.emptyList, ["user IN ()"]),
    (.lowercaseKeyword, ["user in (a, b)"]),
    (.doubleEquals, ["user==test"]),
    (.wildcardOrder, ["size>=5*"]),
    (.misplacedDirective, ["ip=TERM(10.0.0.1)", "size>CASE(a)"]),
    (
      .invalidTime,
      [
        "a=1 earliest=yesterday", "a=1 starthoursago=week", "a=1 latest=13/32/2026:00:00:00",
        "* | eval day=relative_time(_time, \"-1day@midnight\")",
      ]
    ),
    (.misplacedTime, ["a=1 OR (b=2 earliest=-1d)"]),
    (.unsupportedTime, ["a=1 _index_earliest=-7d"]),
    (.unknownOption, ["* | spath inptu=findings", "* | mvexpand findings max=5"]),
    (.unsupportedOption, ["* | stats allnum=true count"]),
    (.repeatedOption, ["* | spath input=a input=b", "a=1 earliest=-2d earliest=-1d"]),
    (
      .missingArgument,
      [
        "* | mvexpand limit=5", "* | rename", "* | stats min by user",
        "* | convert timeformat=\"%H\"", "* | spath input=a output=b", "| from",
      ]
    ),
    (.invalidNumber, ["* | mvexpand findings limit=many"]),
    (.invalidPath, ["* | spath path=findings{.name"]),
    (.emptyField, ["\"\"=5", "* | rename a as \"\""]),
    (.wildcardField, ["*user=test", "* | mvexpand find*"]),
    (.renameWildcards, ["* | rename findings.* as finding"]),
    (
      .unknownFunction,
      [
        "* | stats count vales(user)", "* | convert date(_time)",
        "* | where matchs(user, \"^a\")", "* | sort -number(size)",
      ]
    ),
    (
      .unsupportedFunction,
      ["* | stats sparkline(count) by user", "* | eval a=json_object(\"b\", b)"]
    ),
    (.missingAggregate, ["* | stats by user", "* | stats"]),
    (
      .functionArguments,
      [
        "* | eval a=round()", "* | eval a=if(b=1, 2)", "* | eval a=case(b=1, 2, 3)",
        "* | where len(user, 5) > 3 AND substr(user) = \"a\"",
      ]
    ),
    (
      .notCondition, ["* | where user", "* | where user=\"a\" AND 5", "* | eval a=if(b . c, 1, 2)"]
    ),
    (.notNumber, ["* | eval a=\"size\" * 2", "* | eval a=round(\"size\")"]),
    (.notField, ["* | eval a=mvmap(\"user\", 1)", "* | eval a=mvfilter(x=y)"]),
    (.truthValue, ["* | eval isRoot=match(user, \"root\"), b=1"]),
    (.refusedFunction, ["* | where random() % 2 = 0"]),
    (.invalidChoice, ["* | join type=cross user [search b]", "* | eval a=tostring(b, \"comma\")"]),
    (.invalidSpan, ["* | bin span=5x _time", "* | bin span=0 size"]),
    (.invalidSed, ["* | rex mode=sed \"s/a/b\""]),
    (.invalidTable, ["| inputlookup user*.csv"]),
    (.noGroups, ["* | rex field=user \"^(\\w+)@\""]),
    (
      .literalStar, ["* | where user=\"svc-*\"", "* | where in(user, \"a\", \"b*\")"]
    ),
    (.dottedField, ["* | eval who=userIdentity.userName"]),
    (
      .absentField,
      [
        "* | stats count by user | where cont > 5", "* | table user | sort -_time",
        "* | stats min(_time) as firstTime by user | `security_content_ctime(lastTime)`",
      ]
    ),
    (
      .undefinedResult,
      ["* | anomalydetection count", "* | transaction user startswith=\"eventName=ConsoleLogin\""]
    ),
    (.unavailableData, ["* | iplocation src_ip"]),
    (.repeatedColumn, ["* | stats count, dc(user) as count", "* | stats count as user by user"]),
  ]

  private static let filters: [(ProblemCode, String)] = [
    (.filterPipe, "user=test | head 5"),
    (.filterMacro, "`known_users` severity=HIGH"),
    (.filterTime, "user=test earliest=-1h"),
    (.filterSubsearch, "user=test [search a]"),
  ]

  private static let table: MacroTable = {
    var table = macros
    table.define(Macro(name: "chicken", definition: "NOT `egg`"))
    table.define(Macro(name: "egg", definition: "`chicken`"))
    table.define(Macro(name: "large", definition: String(repeating: "`larger`", count: 50)))
    table.define(Macro(name: "larger", definition: String(repeating: "`cloudtrail`", count: 50)))
    return table
  }()

  private func rendered(_ code: ProblemCode, _ texts: [String]) -> String {
    let usesTokens = code == .unknownToken || code == .unsupportedTokenFilter
    return texts.map { text in
      let source = SourceText(name: "rule", text: text)
      do throws(Problems) {
        let search = try SearchCompiler.compile(
          source, macros: Self.table, tokens: usesTokens ? .values(["user": "test"]) : .none)
        let doubts = search.warnings + search.refusals
        #expect(Set(doubts.map(\.code)) == [code.rawValue], "\(text)")
        return Problems(doubts).rendered(in: source)
      } catch {
        #expect(Set(error.diagnostics.map(\.code)) == [code.rawValue], "\(text)")
        return error.rendered(in: source)
      }
    }.joined(separator: "\n")
  }

  @Test func eachReadsAsRecorded() {
    for (code, texts) in Self.samples {
      expectGolden(rendered(code, texts), "\(code.rawValue).txt", folder: "Problems")
    }
    for (code, text) in Self.filters {
      do throws(Problems) {
        _ = try SearchCompiler.parseFilter(text)
        Issue.record("compiles: \(text)")
      } catch {
        #expect(error.diagnostics.map(\.code) == [code.rawValue])
        let source = SourceText(name: "(filter)", text: text)
        expectGolden(error.rendered(in: source), "\(code.rawValue).txt", folder: "Problems")
      }
    }
  }

  @Test func everyCodeHasASampleAndAFile() throws {
    let sampled = Self.samples.map(\.0) + Self.filters.map(\.0)
    #expect(Set(sampled) == Set(ProblemCode.allCases))
    #expect(sampled.count == ProblemCode.allCases.count)
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Problems")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(
      files.filter { $0.hasPrefix(".") == false }.sorted()
        == ProblemCode.allCases.map { "\($0.rawValue).txt" }.sorted())
  }
}
