import ArgumentParser
import Export
import LogIntegrity

/// `watchfloor verify`: log files against CloudTrail's digests.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check downloaded log files against CloudTrail's digests, offline.",
    discussion: """
      Compares the hash of each log file with the one in the digest that lists it, and each digest \
      with the signature in the digest after it. Download CloudTrail/ and CloudTrail-Digest/ \
      together; the public keys are asked for once, for each region:

        aws cloudtrail list-public-keys --region eu-west-1 --start-time 2026-03-01 \
      --end-time 2026-04-01 > keys-eu-west-1.json
        watchfloor verify --public-keys keys-eu-west-1.json AWSLogs/

      The exit status is 0 when nothing contradicts the digests, 1 when a file was changed, moved \
      or is missing, when a path cannot be read, when there is no digest, or when the keys \
      given leave a digest unproven; 2 for wrong use.
      """)

  @Option(
    name: .customLong("public-keys"),
    help: ArgumentHelp(
      "What 'aws cloudtrail list-public-keys' printed; may be repeated. Without it only hashes "
        + "are compared.", valueName: "file"),
    completion: .file())
  var keyFiles: [String] = []

  @Flag(help: "Print only what is not verified.")
  var onlyProblems = false

  @Option(help: "table (the default on a terminal), ndjson (the default elsewhere), json, csv.")
  var format: TableFormat?

  @OptionGroup var arguments: PathArguments

  func validate() throws {
    if arguments.paths.isEmpty {
      throw ValidationError("there is no path to verify; try: watchfloor verify AWSLogs/")
    }
  }

  func run() throws {
    let report = try IntegrityCheck(paths: arguments.paths, keyFiles: keyFiles).run()
    let format = format ?? (StandardOutput.isTerminal ? .table : .ndjson)
    let rows = SearchResult(
      searchName: "verify", table: report.table(onlyProblems: onlyProblems))
    StandardOutput.write(format.text(of: [rows]))
    IntegrityCheck.tell(report)
    if !report.isSound { throw ExitCode(ExitStatus.failed.rawValue) }
  }
}
