import Foundation
package import Testing

/// Compares a text with the file of that name in `Golden/` (or `folder`) beside the test.
///
/// `RECORD=1` writes the file and fails the run, so that a recording is never mistaken for a pass.
/// A difference prints both texts with the changed lines marked.
package func expectGolden(
  _ actual: String, _ name: String, folder: String = "Golden", beside file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let url = URL(filePath: file).deletingLastPathComponent().appending(path: "\(folder)/\(name)")
  if ProcessInfo.processInfo.environment["RECORD"] == "1" {
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try actual.write(to: url, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name): run again without RECORD", sourceLocation: sourceLocation)
    } catch {
      Issue.record("cannot record \(name): \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let expected = try? String(contentsOf: url, encoding: .utf8) else {
    Issue.record(
      "there is no golden file \(name); RECORD=1 writes it:\n\(actual)",
      sourceLocation: sourceLocation)
    return
  }
  guard actual.utf8.elementsEqual(expected.utf8) == false else { return }
  Issue.record(
    "\(name) differs\n\(comparison(expected, actual))", sourceLocation: sourceLocation)
}

/// Both texts line by line; lines that differ begin with `-` (expected) and `+` (actual).
private func comparison(_ expected: String, _ actual: String) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  return (0..<max(old.count, new.count)).map { index in
    let before = index < old.count ? old[index] : nil
    let after = index < new.count ? new[index] : nil
    if let before, before == after { return "  \(before)" }
    return [before.map { "- \($0)" }, after.map { "+ \($0)" }].compactMap { $0 }
      .joined(separator: "\n")
  }.joined(separator: "\n")
}
