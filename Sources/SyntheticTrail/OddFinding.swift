/// Findings whose severity or text is spelled so that readers miss it, or see it where it is not.
enum OddFinding {
  struct Entry: Sendable {
    let json: [UInt8]
    /// What a row says of it; nil where it is not HIGH.
    let named: ExpectedRows.Named?

    init(_ json: String, _ named: ExpectedRows.Named?) {
      self.json = Array(json.utf8)
      self.named = named
    }
  }

  static let all = [
    Entry(
      #"{"name":"ODD-1","description":"last wins","severity":"LOW","severity":"HIGH"}"#,
      named("ODD-1", "last wins")),
    Entry(#"{"name":"ODD-2","description":"d","severity":"HIGH","severity":"LOW"}"#, nil),
    Entry(#"{"name":"ODD-3","description":"d","severity":"high"}"#, named("ODD-3", "d")),
    Entry(#"{"name":"ODD-4","description":"d","severity":"\u0048IGH"}"#, named("ODD-4", "d")),
    Entry(#"{"name":"ODD-5","description":"d","sev\u0065rity":"HIGH"}"#, named("ODD-5", "d")),
    Entry(#"{"severity" : "HIGH" , "name":"ODD-6"}"#, named("ODD-6", nil)),
    Entry(#"{"name":"ODD-7","description":null,"severity":"HIGH"}"#, named("ODD-7", nil)),
    Entry(
      #"{"name":"ODD-8","description":"\"severity\":\"HIGH\"","severity":"LOW"}"#, nil),
    Entry(#"{"name":"ODD-9","description":"d","attributes":[{"severity":"HIGH"}]}"#, nil),
    Entry(
      #"{"name":"ODD-10","description":"a\u00e9\ud83d\ude80\u0000b","severity":"HIGH"}"#,
      named("ODD-10", "a\u{E9}\u{1F680}\u{0}b")),
    Entry(#"{"name":"ODD-11","description":"","severity":"HIGH"}"#, named("ODD-11", "")),
  ]

  private static func named(_ name: String, _ description: String?) -> ExpectedRows.Named {
    ExpectedRows.Named(name: Array(name.utf8), description: description.map { Array($0.utf8) })
  }
}
