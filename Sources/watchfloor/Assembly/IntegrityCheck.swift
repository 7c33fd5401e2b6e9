import Foundation
import Ingest
import LogIntegrity
import SafeText

/// A verification with the keys of some files, and what it came to in sentences.
struct IntegrityCheck {
  private let verification: Verification

  /// - Throws: `Failure` where a file of keys is none.
  init(paths: [String], keyFiles: [String]) throws {
    verification = Verification(
      paths: paths, keys: try Self.keys(in: keyFiles),
      threads: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// The public keys of some files.
  ///
  /// - Throws: `Failure` where a file of keys is none.
  static func keys(in files: [String]) throws -> PublicKeys {
    var keys = PublicKeys()
    for file in files { try add(file, to: &keys) }
    return keys
  }

  func run() -> IntegrityReport {
    let progress = ScanProgress()
    let report = verification.run { progress.show($0) }
    progress.clear()
    return report
  }

  /// Says on standard error what the rows come to.
  static func tell(_ report: IntegrityReport) {
    for path in report.unreadable {
      StandardError.write(
        "watchfloor: '\(SafeText.visible(path.path))' cannot be read: \(path.reason)\n")
    }
    for line in report.summary { StandardError.write("watchfloor: \(line)\n") }
    if !report.verdicts.contains(where: { $0.kind == .digest }) {
      StandardError.write(
        """
        watchfloor: there are no digest files here, so that nothing vouches for the logs
          = help: aws s3 sync s3://BUCKET/AWSLogs/ACCOUNT/CloudTrail-Digest/ \
        AWSLogs/ACCOUNT/CloudTrail-Digest/

        """)
    }
    if report.unproven > 0 {
      StandardError.write(
        "watchfloor: the keys given do not prove \(report.unproven) digests; "
          + "the reasons are in their rows\n")
    }
  }

  private static func add(_ file: String, to keys: inout PublicKeys) throws {
    let bytes: [UInt8]
    do {
      bytes = Array(try Data(contentsOf: URL(filePath: file)))
    } catch {
      throw Failure("the public keys in '\(SafeText.visible(file))' cannot be read")
    }
    do throws(DigestProblem) {
      try keys.add(bytes)
    } catch {
      throw Failure("'\(SafeText.visible(file))' holds no public keys: \(error.sentence)")
    }
  }
}
