/// A scan as nobody sends it who means well: the same JSON in spellings that readers go wrong on,
/// bytes that are no UTF-8, names made to drive a terminal, copies, and broken neighbours.
struct HostileScan: Sendable {
  let named: [ExpectedRows.Named]
  let scene: ExpectedRows.Scene
  /// Whether the request names the digest; Splunk drops the rows where it does not.
  let hasDigest: Bool
  /// How many times the same record stands there.
  let copies: Int

  private let scan: Scan
  private let event: Spelling
  private let agent: Spelling
  private let repository: Spelling
  private let oddFindings: [[UInt8]]

  /// Bytes of a string as they stand between the quotes, and what they mean.
  struct Spelling: Sendable {
    let literal: [UInt8]
    let value: [UInt8]

    init(_ literal: [UInt8], _ value: [UInt8]) {
      self.literal = literal
      self.value = value
    }

    init(_ literal: String, _ value: String) {
      self.init(Array(literal.utf8), Array(value.utf8))
    }
  }

  init(_ scan: Scan, named: [ExpectedRows.Named], random: inout Randomness) {
    self.scan = scan
    event = random.pick(Self.events)
    agent = random.pick(Self.agents)
    repository = random.pick(Self.repositories)
    hasDigest = random.below(4) != 0
    copies = random.below(6) == 0 ? 2 : 1
    let odd = OddFinding.all.filter { _ in random.below(2) == 0 }
    oddFindings = odd.map(\.json)
    self.named = named + odd.compactMap(\.named)
    var scene = scan.scene
    scene.signature = event.value
    scene.userAgent = agent.value
    scene.repository = repository.value
    self.scene = scene
  }

  /// Adds it with its copies and neighbours; answers how many records that was.
  func add(to text: inout [UInt8], as form: Corpus.Form, random: inout Randomness) -> Int {
    if random.below(3) == 0 {
      text += random.pick(form == .line ? Self.badLines : Self.badElements)
      text.append(form.end)
    }
    var members = self.members(&random)
    for copy in 0..<copies {
      if copy > 0 && form == .line && random.below(2) == 0 {
        // Two values with nothing between them.
        text.removeLast()
      }
      members.shuffle(using: &random)
      text.add("{")
      for (index, member) in members.enumerated() {
        if index > 0 { text.add(random.below(3) == 0 ? " ,\t" : ",") }
        text += member
      }
      text.add("}")
      if form == .line && random.below(5) == 0 { text.add("\r") }
      text.append(form.end)
    }
    return copies
  }

  private func members(_ random: inout Randomness) -> [[UInt8]] {
    var request: [UInt8] = []
    request.add(#""requestParameters":"#)
    let name = [0x22] + repository.literal + [0x22]
    scan.addRequest(to: &request, repository: name, hasDigest: hasDigest)
    var response: [UInt8] = []
    response.add(#""responseElements":"#)
    scan.addResponse(to: &response, repository: name, findings: scan.findings + oddFindings)
    let signer = scan.signer
    // What the pieces of a plain record say, cut at its outermost commas.
    let head = String(decoding: signer.head.dropFirst(), as: UTF8.self)
    let identity = head.dropFirst(#""eventVersion":"1.11","#.utf8.count)
      .dropLast(#","eventTime":""#.utf8.count)
    var identifiers: [UInt8] = []
    identifiers.add(#""eventID":""#)
    identifiers.addUUID(&random)
    identifiers.add(#"""#)
    return [
      Array(#""eventVersion":"1.11""#.utf8), Array(identity.utf8),
      Array(#""eventTime":""#.utf8) + scan.time + Array(#"Z""#.utf8),
      Array(random.pick(Self.sources).utf8),
      Array(random.pick(Self.nameKeys).utf8) + event.literal + [0x22],
      Array(#""awsRegion":"\#(signer.team.region)""#.utf8),
      Array(#""sourceIPAddress":"\#(signer.caller.address)""#.utf8),
      Array(#""userAgent":""#.utf8) + agent.literal + [0x22],
      request, response, identifiers,
      Array(#""recipientAccountId":"\#(signer.team.account)""#.utf8),
      Array(#""additionalEventData":{"n":1e400,"deep":[[[[[[[[{}]]]]]]]]}"#.utf8),
    ]
  }

  private static let events = [
    Spelling("DescribeImageScanFindings", "DescribeImageScanFindings"),
    Spelling(#"Describe\u0049mageScanFindings"#, "DescribeImageScanFindings"),
    Spelling(
      "DescribeImageScanFindings".utf8.map { #"\u00"# + String($0, radix: 16) }.joined(),
      "DescribeImageScanFindings"),
    Spelling("describeimagescanfindings", "describeimagescanfindings"),
  ]

  private static let sources = [
    #""eventSource":"ecr.amazonaws.com""#, #""eventSource" : "ecr\u002eamazonaws.com""#,
    #""event\u0053ource":"ecr.amazonaws.com""#,
    #""eventSource":"s3.amazonaws.com","eventSource":"ecr.amazonaws.com""#,
  ]

  private static let nameKeys = [#""eventName":""#, #""\u0065ventName":""#, #""eventName" : ""#]

  private static let agents = [
    Spelling("aws-cli/2.27.1", "aws-cli/2.27.1"),
    // An overlong slash, a cut sequence, a lone continuation byte.
    Spelling([0x61, 0xC0, 0xAF, 0x62], Array("a\u{FFFD}\u{FFFD}b".utf8)),
    Spelling([0x61, 0xE2, 0x82, 0x62], Array("a\u{FFFD}b".utf8)),
    Spelling([0x80, 0x61], Array("\u{FFFD}a".utf8)),
    Spelling(#"\ud83d\ude80 \"\\\/\b"#, "\u{1F680} \"\\/\u{8}"),
  ]

  private static let repositories = [
    Spelling("web/storefront", "web/storefront"),
    Spelling(#"web\/store\u0066ront"#, "web/storefront"),
    Spelling(#"evil\u001b[2J\u001b]0;x\u0007"#, "evil\u{1B}[2J\u{1B}]0;x\u{7}"),
    Spelling("bidi\u{202E}dne", "bidi\u{202E}dne"),
    Spelling("c1\u{9B}31m", "c1\u{9B}31m"),
    Spelling(#"a\" | delete *"#, "a\" | delete *"),
    // Two spellings of a letter with its accent are two names.
    Spelling("caf\u{E9}", "caf\u{E9}"), Spelling("cafe\u{301}", "cafe\u{301}"),
  ]

  private static let badLines = [
    "", "{", #"{"eventName":"DescribeImageScanFindings","eventSource":"ecr.amazonaws.com"#,
    "not JSON at all: DescribeImageScanFindings", #"{"eventName":DescribeImageScanFindings}"#,
    "\u{FEFF}", "]", #"{"eventName":"DescribeImageScanFindings","x":tru}"#,
  ].map { Array($0.utf8) }

  private static let badElements = [
    "null", "42", #""DescribeImageScanFindings""#,
    #"{"eventName":"DescribeImageScanFindings","x":tru}"#, "[]",
  ].map { Array($0.utf8) }
}
