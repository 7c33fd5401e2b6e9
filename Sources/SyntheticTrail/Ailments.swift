/// The weaknesses of a corpus: as many as images need, each with its JSON text at hand.
struct Ailments: Sendable {
  struct Ailment: Sendable {
    let name: [UInt8]
    let description: [UInt8]?
    let isHigh: Bool
    /// An element of `findings`.
    let json: [UInt8]
  }

  /// A prime number, so that every stride visits all of them.
  static let count = 2_003
  let all: [Ailment]

  init(highShare: Double, random: inout Randomness) {
    all = (0..<Self.count).map { Self.ailment($0, highShare, &random) }
  }

  private static func ailment(
    _ index: Int, _ highShare: Double, _ random: inout Randomness
  ) -> Ailment {
    let name = "CVE-\(2015 + index % 12)-\(10_000 + index * 37)"
    let isHigh = random.below(10_000) < Int(highShare * 10_000)
    let severity =
      isHigh ? "HIGH" : random.pick(["CRITICAL", "MEDIUM", "LOW", "INFORMATIONAL", "UNDEFINED"])
    let weakness = random.pick(Weaknesses.all)
    var description = weakness.description ?? "A flaw in \(weakness.package)."
    for _ in 0..<random.below(3) { description += " " + random.pick(remarks) }
    var json: [UInt8] = []
    json.add(#"{"name":"\#(name)","description":"#)
    json.addQuoted(Array(description.utf8))
    json.add(#","uri":"https://security.example.com/tracker/\#(name)","severity":"\#(severity)","#)
    json.add(#""attributes":[{"key":"package_version","value":"\#(weakness.version)"},"#)
    json.add(#"{"key":"package_name","value":"\#(weakness.package)"},"#)
    json.add(#"{"key":"CVSS2_VECTOR","value":"AV:N/AC:L/Au:N/C:P/I:P/A:P"},"#)
    json.add(#"{"key":"CVSS2_SCORE","value":"\#(weakness.score)"}]}"#)
    return Ailment(
      name: Array(name.utf8), description: Array(description.utf8), isHigh: isHigh, json: json)
  }

  private static let remarks = [
    "A crafted input may end the process or leak what lies beside the buffer.",
    "Servers that read such data from strangers should be updated first.",
    "The fix changes the length check and adds a test for the shortest input.",
    "Builds without the optional feature are not affected.",
    "An attacker needs an account on the same host, and patience.",
  ]
}
