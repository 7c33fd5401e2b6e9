import Diagnostics
import Events
import Foundation
import SPL
import Streaming
import TestSupport
import Testing

/// What is said of a search that compiles and of which no plan can be made.
@Suite struct PlanProblems {
  private static let samples: [(code: String, texts: [String])] = [
    ("bad-pattern", ["* | rex field=a \"(?<x>[a-\"", "* | where match(user, \"(unclosed\")"]),
    ("unknown-lookup", ["* | lookup nothing.csv user OUTPUT team", "| inputlookup owner"]),
    (
      "subsearch-source",
      ["* | stats count by user | append [| from datamodel Risk.All_Risk | stats count]"]
    ),
    ("unknown-lookup-column", ["* | lookup owners person OUTPUT team"]),
    ("late-generating-command", ["*"]),
  ]

  @Test func eachReadsAsRecorded() throws {
    let tables = ProgramTables(["owners": LookupTable(columns: ["user", "team"])])
    for (code, texts) in Self.samples {
      let rendered = try texts.map { text in
        let source = SourceText(name: "rule", text: text)
        var tree = try search(text)
        if code == "late-generating-command" {
          // No text is read so.
          tree.stages.append(Stage(.sort(Sort(keys: [SortKey("a")])), span: SourceSpan(0..<1)))
          tree.stages.append(Stage(.from(.allRisk), span: SourceSpan(0..<1)))
        }
        do throws(Problems) {
          _ = try Plan(tree, lookups: tables)
          Issue.record("makes a plan: \(text)")
          return ""
        } catch {
          #expect(Set(error.diagnostics.map(\.code)) == [code], "\(text)")
          return error.rendered(in: source)
        }
      }
      expectGolden(rendered.joined(separator: "\n"), "\(code).txt", folder: "Problems")
    }
  }

  @Test func everyCodeInTheSourcesHasASample() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Streaming")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    var codes: Set<String> = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /code: "([a-z-]+)"/) { codes.insert(String(match.1)) }
    }
    #expect(codes == Set(Self.samples.map(\.code)))
  }
}
