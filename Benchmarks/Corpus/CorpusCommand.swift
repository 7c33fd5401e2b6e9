import SyntheticTrail

/// Writes a deterministic body of logs and the rows that must come of it:
/// `corpus --layout gz --size 1G OUT`.
@main struct CorpusCommand {
  static func main() throws {
    let options: Options
    do {
      options = try Options(Array(CommandLine.arguments.dropFirst()))
    } catch {
      StandardStreams.complain("corpus: \(error.sentence)\n\n\(Options.usage)")
      StandardStreams.leave(2)
    }
    do {
      var author = Author(options)
      try author.write()
    } catch let problem as WriteProblem {
      StandardStreams.complain("corpus: \(problem.sentence)\n")
      StandardStreams.leave(1)
    }
  }
}
