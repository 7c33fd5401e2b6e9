import ArgumentParser
import Events
import Findings
import Foundation
import Interface
import Storage

/// `watchfloor state export-triage`.
struct ExportTriage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-triage",
    abstract: "Write what analysts have said of findings, and suppressions, a line of JSON each.",
    discussion: """
      The state is only read, also while another instance follows. A file that is there is left as \
      it is; '-' is standard output.

        watchfloor state export-triage triage.ndjson
        watchfloor state export-triage - /var/log/cloudtrail | jq .status
      """)

  @Argument(help: ArgumentHelp("Where to, or -.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var state: StateArgument
  @OptionGroup var arguments: PathArguments

  func run() throws {
    let store = try Store.open(
      directory: try state.directory(of: arguments.paths), mode: .viewer)
    let findings = try store.triagedFindings()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = ""
    for finding in findings {
      text += String(decoding: try encoder.encode(TriageLine(finding)), as: UTF8.self) + "\n"
    }
    let suppressions = try store.suppressions().reversed()
    for suppression in suppressions {
      text +=
        String(decoding: try encoder.encode(SuppressionText(suppression)), as: UTF8.self) + "\n"
    }
    guard file != "-" else { return StandardOutput.write(text) }
    do {
      try Data(text.utf8).write(to: URL(filePath: file), options: .withoutOverwriting)
    } catch {
      throw Failure("'\(file)' cannot be made: \(error.localizedDescription)")
    }
    StandardError.write(
      "watchfloor: triage of \(Wording.counted(findings.count, "finding")) and "
        + "\(Wording.counted(suppressions.count, "suppression")) written to '\(file)'\n")
  }
}

/// `watchfloor state import-triage`.
struct ImportTriage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-triage",
    abstract: "Take over triage that export-triage wrote, of this state or another.",
    discussion: """
      What is imported stands over what was said here; it is in the history of each finding. \
      Findings that this state has not seen keep it until they come. One bad line and nothing is \
      taken.

        watchfloor state import-triage triage.ndjson
      """)

  @Argument(help: ArgumentHelp("What export-triage wrote.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var state: StateArgument
  @OptionGroup var arguments: PathArguments

  func run() throws {
    let (findings, suppressions) = try read()
    let store = try state.writable(of: arguments.paths)
    let result = try store.take(findings)
    let known = try store.suppressions()
    let new = suppressions.filter { one in !known.contains { $0.isSame(as: one) } }
    for suppression in new { _ = try store.suppress(suppression) }
    StandardOutput.write(
      "\(result.changed) findings changed, \(result.same) were so already; "
        + "\(result.unseen) have not been seen here yet\n"
        + (new.isEmpty ? "" : "\(Wording.counted(new.count, "suppression")) added\n"))
  }

  private func read() throws -> (findings: [TriagedFinding], suppressions: [Suppression]) {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: file))
    } catch {
      throw Failure("'\(file)' cannot be read: \(error.localizedDescription)")
    }
    var findings: [TriagedFinding] = []
    var suppressions: [Suppression] = []
    for (index, line) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      do {
        if let text = SuppressionText.read(line) {
          suppressions.append(try text.suppression())
        } else {
          findings.append(try JSONDecoder().decode(TriageLine.self, from: line).triaged())
        }
      } catch let failure as Failure {
        throw Failure("\(file): line \(index + 1): \(failure.sentence)")
      } catch {
        throw Failure(
          "\(file): line \(index + 1): found no triage of a finding, expected a line as "
            + "export-triage writes it")
      }
    }
    return (findings, suppressions)
  }
}
