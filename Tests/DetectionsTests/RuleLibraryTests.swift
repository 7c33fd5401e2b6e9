import Detections
import Diagnostics
import Foundation
import SPL
import TestSupport
import Testing

@Suite("Rule library")
struct RuleLibraryTests {
  private func rule(_ name: String, id: String? = nil, _ search: String = "a=b") -> TextFile {
    let file = name.lowercased().replacing(" ", with: "_")
    return TextFile(
      path: "rules/\(file).yml",
      text: "name: \(name)\nid: \(id ?? name)\ntype: TTP\nsearch: |-\n  \(search)\n")
  }

  @Test func aRuleThatCannotRunSaysWhyAndTheOthersRun() throws {
    let library = RuleLibrary(
      rules: [rule("Good"), rule("Bad", "a=b\n    | stats cuont by x"), rule("Ugly", "`none`")],
      macros: [])
    #expect(library.rules.map(\.name) == ["Bad", "Good", "Ugly"])
    #expect(library.rules.map { $0.rule != nil } == [false, true, false])
    let problem = try #require(library.rule(named: "bad")?.problems.first)
    #expect(problem.rendered.hasPrefix("rules/bad.yml: line 6, column 13: "))
    #expect(problem.rendered.contains("\n6 |     | stats cuont by x\n"))
    #expect(problem.rendered.contains("^^^^^"))
  }

  @Test func aDrilldownThatCannotRunIsNoReasonNotToRunItsRule() throws {
    var file = rule("Good")
    file.text += "drilldown_searches: [{name: d, search: '| stats nonsense(a)'}]\n"
    let loaded = try #require(RuleLibrary(rules: [file], macros: []).rules.first)
    #expect(loaded.rule != nil)
    #expect(loaded.warnings.first?.rendered.contains("line 6, column") == true)
  }

  @Test func theUsersMacrosReplaceTheBuiltInOnes() throws {
    let macros = TextFile(
      path: "macros.yml", text: "- {name: cloudtrail, definition: sourcetype=mine}\n")
    let high = "aws_ecr_container_scanning_findings_high"
    let mine = try #require(RuleLibrary(userMacros: macros).rule(named: high)?.rule)
    let builtIn = try #require(RuleLibrary().rule(named: high)?.rule)
    #expect(mine.search != builtIn.search)
    #expect(mine.search.canonicalText.contains("sourcetype=mine"))
    let broken = RuleLibrary(userMacros: TextFile(path: "macros.yml", text: "- x\n"))
    #expect(broken.problems.count == 1)
    #expect(broken.rule(named: high)?.rule == builtIn)
  }

  @Test func aSidecarBelongsToTheRuleOfItsNameInItsFolder() throws {
    var library = RuleLibrary(rules: [], macros: [])
    library.add([
      rule("One"), TextFile(path: "rules/one.roles.yml", text: "enabled: false\n"),
      rule("Two"), TextFile(path: "elsewhere/two.roles.yml", text: "enabled: false\n"),
    ])
    #expect(library.rules.map { $0.rule?.sidecar.isEnabled } == [false, true])
  }

  @Test func aBadSidecarKeepsItsRuleFromRunning() {
    var library = RuleLibrary(rules: [], macros: [])
    library.add([rule("One"), TextFile(path: "rules/one.roles.yml", text: "enabled: maybe\n")])
    #expect(library.rules.first?.rule == nil)
    #expect(library.rules.first?.problems.map(\.source.name) == ["rules/one.roles.yml"])
  }

  @Test func aColumnThatTheSearchDoesNotGroupByIsAWarning() {
    var library = RuleLibrary(rules: [], macros: [])
    library.add([
      rule("One", "a=b | stats count by imageDigest"),
      TextFile(path: "rules/one.roles.yml", text: "keep_null: [imageDigst]\n"),
    ])
    #expect(library.rules.first?.rule != nil)
    #expect(library.rules.first?.warnings.map(\.diagnostic.code) == ["unknown-column"])
    #expect(
      library.rules.first?.warnings.first?.diagnostic.help == "did you mean 'imageDigest'?")
  }

  @Test func aSecondRuleOfTheSameIdOrNameIsRefused() {
    var library = RuleLibrary(rules: [rule("One", id: "x")], macros: [])
    library.add([rule("Two", id: "x")])
    #expect(library.rules.map { $0.rule != nil } == [true, false])
    #expect(
      library.rule(named: "Two")?.problems.first?.rendered
        == "rules/two.yml: the id 'x' is that of 'rules/one.yml' too [rule-twice]\n"
        + "  = help: give one of the two an id of its own, or name the files alike\n")
    library.add([TextFile(path: "mine/one.yml", text: rule("One", id: "x", "c=d").text)])
    #expect(library.rule(named: "One")?.path == "mine/one.yml")
    #expect(library.rules.count == 2)
  }

  @Test func rulesAreFoundOnDisk() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }  // a leftover harms nobody
    try FileManager.default.createDirectory(
      at: folder.appending(path: "deep"), withIntermediateDirectories: true)
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    try write(rule("Mine").text, "mine.yml")
    try write("enabled: false\n", "mine.roles.yml")
    try write(rule("Deep").text, "deep/deep.yaml")
    try write("not a rule", "notes.txt")
    try Data([0x6e, 0xff, 0xfe]).write(to: folder.appending(path: "binary.yml"))
    var library = RuleLibrary(rules: [], macros: [])
    let path = folder.appending(path: "mine.yml").path
    let loaded = try library.rule(path)
    #expect(loaded.name == "Mine")
    #expect(loaded.rule?.sidecar.isEnabled == false)
    #expect(library.rule(named: "mine") != nil)
    let found = RuleFiles.inFolder(folder.path)
    #expect(
      found.files.map { $0.path.split(separator: "/").last }
        == ["deep.yaml", "mine.roles.yml", "mine.yml"])
    #expect(found.unreadable.count == 1)
    #expect(throws: RuleLookupProblem.unreadable(folder.path)) { try library.rule(folder.path) }
    #expect(throws: RuleLookupProblem.notARule(folder.path + "/mine.roles.yml")) {
      try library.rule(folder.path + "/mine.roles.yml")
    }
    #expect(throws: RuleLookupProblem.unknown("Mien", suggestion: "Mine")) {
      try library.rule("Mien")
    }
  }

  @Test func anEditThatCannotRunLeavesTheRuleAsItWas() throws {
    let good = RuleLibrary(rules: [rule("One", "a=b"), rule("Two")], macros: [])
    let broken = RuleLibrary(
      rules: [rule("One", "a=b | stats cuont"), rule("Two", "c=d")], macros: [])
    let kept = broken.keeping(good)
    #expect(kept.rule(named: "One")?.rule == good.rule(named: "One")?.rule)
    #expect(kept.rule(named: "One")?.problems.isEmpty == false)
    #expect(kept.rule(named: "Two")?.rule?.search.canonicalText == "search c=d")
    let again = broken.keeping(kept)
    #expect(again.rule(named: "One")?.rule == good.rule(named: "One")?.rule)
    let mended = RuleLibrary(rules: [rule("One", "e=f")], macros: []).keeping(again)
    #expect(mended.rule(named: "One")?.problems.isEmpty == true)
    #expect(mended.rules.count == 1)
    #expect(broken.keeping(broken).rule(named: "One")?.rule == nil)
  }

  @Test func aFileThatIsWrittenAnewHasAnotherStamp() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }  // a leftover harms nobody
    let path = folder.appending(path: "one.yml").path
    try RuleFiles.write("a", to: path)
    let first = RuleFiles.stamps(inFolder: folder.path)
    #expect(first.count == 1)
    #expect(RuleFiles.stamps(inFolder: folder.path) == first)
    try RuleFiles.write("bb", to: path)
    #expect(RuleFiles.stamps(inFolder: folder.path) != first)
    RuleFiles.remove(path)
    #expect(RuleFiles.stamps(inFolder: folder.path).isEmpty)
    #expect(RuleFiles.stamp(at: path) == nil)
  }

  /// Whatever stands in a rule's file, it is loaded or refused with places inside the file.
  @Test func anyChangedBytesAreLoadedOrRefused() throws {
    let sample = try #require(Pack.rules.first).text
    for seed in UInt64(0)..<150 {
      var random = SplitMix64(seed: seed)
      var bytes = Array(sample.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        let signs = Array("&*!|>-:'\"`[]{}()$%=\n\t #\\\u{0},".utf8)
        bytes[index] = signs[Int.random(in: 0..<signs.count, using: &random)]
      }
      let file = TextFile(path: "x.yml", text: String(decoding: bytes, as: UTF8.self))
      let library = RuleLibrary(rules: [file], macros: [Pack.macros])
      let loaded = try #require(library.rules.first)
      #expect((loaded.rule == nil) == !loaded.problems.isEmpty, "seed \(seed)")
      for problem in loaded.problems + loaded.warnings {
        #expect(!problem.rendered.isEmpty, "seed \(seed)")
        guard let span = problem.diagnostic.span else { continue }
        #expect(span.upperBound <= problem.source.text.utf8.count, "seed \(seed): \(problem)")
      }
    }
  }
}
