import Events
import Findings
import Glibc
import Storage

/// Writes a state of many findings through the store's own commits, and asks it what the screen
/// asks: `findings write --findings 1000000 DIR`, `findings ask DIR`.
@main struct FindingsCommand {
  static let usage = """
    usage: findings write [--findings N] [--sightings N] [--days N] [--batch N] DIR
           findings ask [--rounds N] DIR

      write  a new state in DIR; prints rows a second of processor time and bytes a row
      ask    what the screen asks of the state in DIR; prints milliseconds, medians of the rounds

    """

  static func main() throws {
    var words = Array(CommandLine.arguments.dropFirst())
    var numbers = ["findings": 10_000, "sightings": 1, "days": 30, "batch": 4_000, "rounds": 5]
    var paths: [String] = []
    while !words.isEmpty {
      let word = words.removeFirst()
      guard word.hasPrefix("--") else {
        paths.append(word)
        continue
      }
      let name = String(word.dropFirst(2))
      guard numbers[name] != nil, let value = words.first.flatMap({ Int($0) }), value > 0 else {
        refuse()
      }
      words.removeFirst()
      numbers[name] = value
    }
    guard paths.count == 2 else { refuse() }
    switch paths[0] {
    case "write":
      let source = SyntheticFindings(
        findings: numbers["findings"] ?? 1, sightings: numbers["sightings"] ?? 1,
        days: Int64(numbers["days"] ?? 1))
      try Writing(source: source, batch: numbers["batch"] ?? 1).run(paths[1])
    case "ask": try Asking(rounds: numbers["rounds"] ?? 1).run(paths[1])
    default: refuse()
    }
  }

  private static func refuse() -> Never {
    var text = usage
    // Nobody is left to be told that standard error is gone.
    _ = text.withUTF8 { Glibc.write(2, $0.baseAddress, $0.count) }
    exit(2)
  }
}
