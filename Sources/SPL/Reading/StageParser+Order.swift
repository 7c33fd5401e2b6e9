import Diagnostics

/// The commands that know an order of rows.
extension StageParser {
  /// `10 -count, +num(x), user desc`.
  mutating func sort() throws(Diagnostic) -> Sort {
    var limit: Int??
    if let option = option() {
      guard option.text.lowercased() == "limit" else {
        throw refusal(of: option, OptionNames(command: "sort", known: ["limit"]))
      }
      limit = .some(try self.limit("limit"))
    } else if let text = current?.wording?.bareText, Int(text) != nil, text.first?.isNumber == true
    {
      limit = .some(try self.limit("sort"))
    }
    let keys = try sortKeys(isWhole: true)
    guard keys.isEmpty == false else {
      throw missing("field", of: "sort", example: "sort -count")
    }
    return Sort(limit: limit ?? nil, keys: keys)
  }

  /// Up to the end of the stage, or to the first that is an option.
  private mutating func sortKeys(isWhole: Bool) throws(Diagnostic) -> [SortKey] {
    var keys: [SortKey] = []
    while current != nil {
      let isEnd = symbol(ahead: 1) == nil
      if isWhole, isEnd, keys.isEmpty == false, skipKeyword("desc") || skipKeyword("d") {
        return keys.map { SortKey($0.field, isDescending: !$0.isDescending, kind: $0.kind) }
      }
      if isWhole, isEnd, keys.isEmpty == false, skipKeyword("asc") || skipKeyword("a") {
        return keys
      }
      keys.append(try sortKey())
      skipCommas()
    }
    return keys
  }

  /// `-field`, `- field`, `+num(field)`.
  private mutating func sortKey() throws(Diagnostic) -> SortKey {
    var word = try text("a field")
    var isDescending = false
    if let sign = word.wording.bareText?.first, sign == "-" || sign == "+" {
      isDescending = sign == "-"
      let rest = String(word.text.dropFirst())
      if rest.isEmpty {
        word = try text("a field")
      } else {
        word.wording.pattern = Pattern(
          runs: [String(word.wording.pattern.runs[0].dropFirst())]
            + word.wording.pattern.runs.dropFirst())
      }
    }
    guard let open = current, open.kind == .leftParenthesis, open.isJoined else {
      return SortKey(try name(of: word), isDescending: isDescending)
    }
    guard let kind = SortKey.Kind(rawValue: word.text.lowercased()) else {
      let kinds = SortKey.Kind.allCases.map(\.rawValue)
      throw word.fails(ArgumentProblem.unknownFunction(word.text, functions: kinds))
    }
    advance()
    let field = try field()
    try close(open)
    return SortKey(field, isDescending: isDescending, kind: kind)
  }

  /// `2 a, b keepempty=t consecutive=t sortby -_time`.
  mutating func dedup() throws(Diagnostic) -> Dedup {
    var dedup = Dedup(fields: [])
    var keepsEmpty: Bool?
    var consecutive: Bool?
    var keepsEvents: Bool?
    if let text = current?.wording?.bareText, Int(text) != nil {
      dedup.count = try whole("dedup", from: 1)
    }
    let names = OptionNames(
      command: "dedup", known: ["keepempty", "keepevents", "consecutive"])
    while current != nil {
      if let option = option() {
        switch option.text.lowercased() {
        case "keepempty": try set(&keepsEmpty, option, flag(option))
        case "keepevents": try set(&keepsEvents, option, flag(option))
        case "consecutive": try set(&consecutive, option, flag(option))
        default: throw refusal(of: option, names)
        }
      } else if dedup.fields.isEmpty == false, skipKeyword("sortby") {
        dedup.sortBy = try sortKeys(isWhole: false)
        guard dedup.sortBy.isEmpty == false else { throw unexpected("a field after 'sortby'") }
      } else {
        dedup.fields.append(try field())
        skipCommas()
      }
    }
    guard dedup.fields.isEmpty == false else {
      throw missing("field", of: "dedup", example: "dedup user")
    }
    (dedup.keepsEmpty, dedup.consecutive) = (keepsEmpty ?? false, consecutive ?? false)
    dedup.keepsEvents = keepsEvents ?? false
    return dedup
  }

  /// `user maxspan=5m startswith="eventName=ConsoleLogin"`.
  mutating func transaction() throws(Diagnostic) -> Transaction {
    var transaction = Transaction(fields: [])
    let names = OptionNames(
      command: "transaction",
      known: ["maxspan", "maxpause", "maxevents", "startswith", "endswith"],
      unsupported: [
        "connected", "delim", "keepevicted", "keeporphans", "maxopenevents", "maxopentxn",
        "mvlist", "mvraw", "name", "nullstr", "unifyends", "keepends",
      ])
    while current != nil {
      guard let option = option() else {
        transaction.fields.append(try field())
        skipCommas()
        continue
      }
      switch option.text.lowercased() {
      case "maxspan": try set(&transaction.maxSpan, option, span())
      case "maxpause": try set(&transaction.maxPause, option, span())
      case "maxevents": try set(&transaction.maxEvents, option, whole("maxevents", from: 1))
      case "startswith": try set(&transaction.startsWith, option, edge())
      case "endswith": try set(&transaction.endsWith, option, edge())
      default: throw refusal(of: option, names)
      }
    }
    return transaction
  }

  /// `"a=1 b"`, `(a=1 b)` or `eval(a>1)`.
  private mutating func edge() throws(Diagnostic) -> Transaction.Edge {
    if let open = current, skip(.leftParenthesis) {
      let predicate = try conjunction()
      try close(open)
      return .search(predicate)
    }
    let word = try text("a search in quotes, or 'eval(...)'")
    if word.wording.isKeyword("eval"), let open = current, skip(.leftParenthesis) {
      let condition = try condition()
      try close(open)
      return .expression(condition)
    }
    guard word.wording.isQuoted else { return .search(.term(word.wording.pattern)) }
    do throws(Problems) {
      return .search(try SearchCompiler.parseFilter(word.text))
    } catch {
      throw word.fails(
        TextProblem.unexpected(found: quoted(word.text), expected: "a search in quotes"))
    }
  }

  /// `"count" "user" action=annotate`.
  mutating func anomalyDetection() throws(Diagnostic) -> AnomalyDetection {
    var detection = AnomalyDetection(fields: [])
    let known = ["action", "cutoff", "method", "pthresh"]
    while current != nil {
      guard let option = option() else {
        detection.fields.append(try field())
        skipCommas()
        continue
      }
      let name = option.text.lowercased()
      guard known.contains(name) else {
        throw refusal(of: option, OptionNames(command: "anomalydetection", known: known))
      }
      detection.options.append(CommandOption(name, try text("a value").text))
    }
    return detection
  }
}
