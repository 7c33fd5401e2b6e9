import Diagnostics

/// Turns a text into symbols: expands macros, binds tokens, drops white space and comments.
///
/// A macro's text is put in place of its use, as Splunk does it, so it may hold terms, commands or
/// pipes. Every symbol of it has the place of the use in the text, and notes that name the macro.
struct Expander {
  private let macros: MacroTable
  private let tokens: Tokens
  private(set) var symbols: [Symbol] = []
  private(set) var problems: [Diagnostic] = []
  private var grammar = Grammar()
  private var expansions = 0
  /// Set by the first macro that is too large: one report is enough.
  private var isFull = false

  private enum Limit {
    static let depth = 32
    static let expansions = 2_000
    static let symbols = 100_000
    static let definition = 1 << 16
  }

  init(macros: MacroTable, tokens: Tokens) {
    self.macros = macros
    self.tokens = tokens
  }

  mutating func expand(_ text: String) { expand(text, within: nil) }

  /// A macro that is being expanded.
  private struct Use {
    var span: SourceSpan
    /// From the outermost in.
    var names: [String]
    /// From the innermost out.
    var notes: [String]
  }

  private mutating func expand(_ text: String, within use: Use?) {
    var isJoined = false
    var lexer = Lexer(text, readsTokens: tokens != .none)
    lexer.isInExpression = grammar.isInExpression
    while let lexeme = lexer.next() {
      grammar.read(lexeme.kind)
      // What a macro held may end where an expression goes on, or begin one.
      defer { lexer.isInExpression = grammar.isInExpression }
      let span = use?.span ?? lexeme.span
      switch lexeme.kind {
      case .space:
        isJoined = false
        continue
      case .macro(let body): expandMacro(body, at: span, within: use)
      case .unclosed(let delimiter):
        let opening = span.lowerBound..<span.lowerBound + delimiter.rawValue.utf8.count
        report(TextProblem.unclosed(delimiter), use == nil ? SourceSpan(opening) : span, use)
        append(.broken, span, use, isJoined)
      case .word(let pieces): append(pieces, quotes: .none, span, use, isJoined)
      case .quoted(let pieces): append(pieces, quotes: .double, span, use, isJoined)
      case .quotedField(let pieces): append(pieces, quotes: .single, span, use, isJoined)
      case .operation(let sign): append(.operation(sign), span, use, isJoined)
      case .pipe: append(.pipe, span, use, isJoined)
      case .comma: append(.comma, span, use, isJoined)
      case .leftParenthesis: append(.leftParenthesis, span, use, isJoined)
      case .rightParenthesis: append(.rightParenthesis, span, use, isJoined)
      case .leftBracket: append(.leftBracket, span, use, isJoined)
      case .rightBracket: append(.rightBracket, span, use, isJoined)
      case .comparison(let sign): append(.comparison(sign), span, use, isJoined)
      }
      isJoined = true
    }
  }

  private mutating func append(
    _ kind: Symbol.Kind, _ span: SourceSpan, _ use: Use?, _ isJoined: Bool
  ) {
    symbols.append(Symbol(kind: kind, span: span, isJoined: isJoined, notes: use?.notes ?? []))
  }

  private mutating func append(
    _ pieces: [Lexeme.Piece], quotes: Wording.Quotes, _ span: SourceSpan, _ use: Use?,
    _ isJoined: Bool
  ) {
    do throws(MacroProblem) {
      let wording = try wording(of: pieces, quotes: quotes)
      append(.text(wording), span, use, isJoined)
    } catch {
      report(error, span, use)
      append(.broken, span, use, isJoined)
    }
  }

  private mutating func report(_ problem: some Problem, _ span: SourceSpan, _ use: Use?) {
    problems.append(problem.diagnostic(at: span, notes: use?.notes ?? []))
  }

  // MARK: Macros

  private mutating func expandMacro(_ body: String, at span: SourceSpan, within use: Use?) {
    if isFull { return append(.broken, span, use, false) }
    do throws(MacroProblem) {
      guard let call = MacroCall(body) else { throw .invalid(body) }
      let macro = try definition(of: call, within: use)
      let text = try Self.text(of: macro, arguments: call.arguments)
      let use = Self.use(of: macro, text: text, at: span, within: use)
      let before = symbols.count
      expand(text, within: use)
      // The first symbol of a macro stands apart from what is before it.
      if before < symbols.count { symbols[before].isJoined = false }
    } catch {
      report(error, span, use)
      append(.broken, span, use, false)
    }
  }

  private mutating func definition(
    of call: MacroCall, within use: Use?
  ) throws(MacroProblem) -> Macro {
    guard let macro = macros.macro(named: call.name, arity: call.arguments.count) else {
      let arities = macros.arities(of: call.name)
      guard arities.isEmpty else {
        throw .arguments(call.name, given: call.arguments.count, taken: arities)
      }
      throw .unknown(call.name, suggestion: nearest(to: call.name, in: macros.names.sorted()))
    }
    let names = use?.names ?? []
    let name = Self.title(macro)
    if let start = names.firstIndex(of: name) { throw .cycle(Array(names[start...]) + [name]) }
    expansions += 1
    let isTooLarge =
      names.count >= Limit.depth || expansions > Limit.expansions || symbols.count > Limit.symbols
    if isTooLarge {
      isFull = true
      throw .size(names.first ?? call.name)
    }
    return macro
  }

  /// Splunk's notation for a macro and its number of arguments, `name(1)`.
  private static func title(_ macro: Macro) -> String {
    macro.arguments.isEmpty ? macro.name : "\(macro.name)(\(macro.arguments.count))"
  }

  private static func use(
    of macro: Macro, text: String, at span: SourceSpan, within outer: Use?
  ) -> Use {
    let place = outer?.names.last.map { "used in macro `\($0)`" } ?? "expanded here"
    let note = "in macro `\(title(macro))`, \(place): \(clipped(text, to: 100))"
    return Use(
      span: span, names: (outer?.names ?? []) + [title(macro)],
      notes: [note] + (outer?.notes ?? []))
  }

  /// The definition with each `$argument$` replaced by its value.
  private static func text(
    of macro: Macro, arguments: [String]
  ) throws(MacroProblem) -> String {
    let values = Dictionary(
      zip(macro.arguments, arguments), uniquingKeysWith: { first, _ in first })
    let parts = macro.definition.split(separator: "$", omittingEmptySubsequences: false)
    var text = String(parts[0])
    var index = 1
    while index < parts.count {
      if index + 1 < parts.count, let value = values[String(parts[index])] {
        text += value + parts[index + 1]
        index += 2
      } else {
        text += "$" + parts[index]
        index += 1
      }
      guard text.utf8.count <= Limit.definition else { throw .size(macro.name) }
    }
    return text
  }

  // MARK: Tokens

  private func wording(
    of pieces: [Lexeme.Piece], quotes: Wording.Quotes
  ) throws(MacroProblem) -> Wording {
    var runs = [""]
    var literal = ""
    var isBound = false
    for piece in pieces {
      switch piece {
      case .written(let text):
        let parts = Pattern(wildcards: text).runs
        runs[runs.count - 1] += parts[0]
        runs += parts.dropFirst()
        literal += text
      case .literal(let text):
        runs[runs.count - 1] += text
        literal += text
      case .escapedPipe:
        runs[runs.count - 1] += "|"
        literal += #"\|"#
      case .token(let name, let filter):
        isBound = true
        let value = try value(of: name, filter: filter)
        runs[runs.count - 1] += value
        literal += value
      }
    }
    return Wording(
      pattern: Pattern(runs: runs), literal: literal, quotes: quotes, isBound: isBound)
  }

  private func value(of name: String, filter: String?) throws(MacroProblem) -> String {
    // Splunk's `|s` puts the value in quotes: here every value is already one literal.
    if let filter, filter != "s" { throw .unsupportedTokenFilter(token: name, filter: filter) }
    guard case .values(let values) = tokens else { return "$\(name)$" }
    guard let value = values[name] else {
      throw .unknownToken(name, suggestion: nearest(to: name, in: values.keys.sorted()))
    }
    return value
  }
}
