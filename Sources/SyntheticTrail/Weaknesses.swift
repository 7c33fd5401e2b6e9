/// A made-up weakness as a scan would list it.
struct Weakness: Sendable {
  let name: String
  let package: String
  let version: String
  let severity: String
  let score: String
  /// Nil for the few that the source has not described yet.
  let description: String?
}

/// A catalogue of weaknesses that exist nowhere, in packages that every image has.
enum Weaknesses {
  static let all: [Weakness] = {
    var list: [Weakness] = []
    for (number, package) in packages.enumerated() {
      for (turn, flaw) in flaws.enumerated() where (number + turn) % 3 != 1 {
        let index = list.count
        list.append(
          Weakness(
            name: "CVE-\(2024 + index % 3)-\(90_000 + index * 37 % 9_000)",
            package: package.name, version: package.version,
            severity: severity(of: index), score: score(of: index),
            description: index % 23 == 22
              ? nil : "\(flaw) in \(package.part) of \(package.name) \(package.version)."))
      }
    }
    return list
  }()

  private static func severity(of index: Int) -> String {
    switch index % 29 {
    case 0, 17: "CRITICAL"
    case 3, 8, 12, 21, 26: "HIGH"
    case 1, 5, 10, 15, 19, 24, 28: "MEDIUM"
    case 2, 6, 9, 14, 18, 22: "LOW"
    case 13: "UNDEFINED"
    default: "INFORMATIONAL"
    }
  }

  private static func score(of index: Int) -> String {
    switch severity(of: index) {
    case "CRITICAL": "9.\(index % 9)"
    case "HIGH": "7.\(index % 9)"
    case "MEDIUM": "5.\(index % 9)"
    case "LOW": "2.\(index % 9)"
    default: "0.0"
    }
  }

  private static let packages: [(name: String, version: String, part: String)] = [
    ("openssl", "3.0.11-1", "the X.509 name constraint check"),
    ("glibc", "2.36-9", "the iconv conversion tables"),
    ("curl", "7.88.1-10", "the cookie jar reader"),
    ("zlib", "1.2.13", "the gzip header reader"),
    ("libxml2", "2.9.14", "the XPath evaluator"),
    ("sqlite3", "3.40.1", "the JSON virtual table"),
    ("busybox", "1.36.1", "the awk interpreter"),
    ("expat", "2.5.0", "the entity expander"),
    ("krb5", "1.20.1", "the ticket decoder"),
    ("ncurses", "6.4-4", "the terminfo loader"),
    ("python3.11", "3.11.2", "the tar archive reader"),
    ("perl", "5.36.0", "the regular expression compiler"),
    ("git", "2.39.2", "the pack index reader"),
    ("libwebp", "1.2.4", "the lossless decoder"),
    ("pcre2", "10.42", "the just-in-time compiler"),
    ("systemd", "252.6", "the resolver stub"),
    ("tar", "1.34", "the sparse file header reader"),
    ("nghttp2", "1.52.0", "the stream reset counter"),
  ]

  private static let flaws = [
    "A heap overflow", "A use after free", "An unchecked length", "An infinite loop",
    "An integer overflow", "A missing bounds check", "An out-of-bounds read",
    "Uncontrolled recursion",
  ]
}
