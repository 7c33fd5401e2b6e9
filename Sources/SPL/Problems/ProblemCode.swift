/// The kinds of problems in a search, under the words that a diagnostic ends with.
enum ProblemCode: String, CaseIterable {
  // The text.
  case unclosedQuote = "unclosed-quote"
  case unclosedApostrophe = "unclosed-apostrophe"
  case unclosedBacktick = "unclosed-backtick"
  case unclosedComment = "unclosed-comment"
  case unclosedParenthesis = "unclosed-parenthesis"
  case unexpectedText = "unexpected-text"
  case joinedText = "joined-text"
  case unclosedBracket = "unclosed-bracket"
  case tooDeep = "too-deep"

  // Macros, tokens and the original search.
  case invalidMacro = "invalid-macro"
  case unknownMacro = "unknown-macro"
  case macroArguments = "macro-arguments"
  case macroCycle = "macro-cycle"
  case macroSize = "macro-size"
  case unknownToken = "unknown-token"
  case unsupportedTokenFilter = "unsupported-token-filter"
  case noOriginalSearch = "no-original-search"
  case misplacedOriginalSearch = "misplaced-original-search"

  // Stages.
  case emptySearch = "empty-search"
  case emptyStage = "empty-stage"
  case unknownCommand = "unknown-command"
  case unsupportedCommand = "unsupported-command"
  case refusedCommand = "refused-command"
  case notGenerating = "not-generating"
  case misplacedGenerating = "misplaced-generating"
  case unknownDataset = "unknown-dataset"
  case filterPipe = "filter-pipe"
  case filterMacro = "filter-macro"
  case filterTime = "filter-time"
  case filterSubsearch = "filter-subsearch"

  // Search terms.
  case missingField = "missing-field"
  case missingValue = "missing-value"
  case missingTerm = "missing-term"
  case emptyList = "empty-list"
  case lowercaseKeyword = "lowercase-keyword"
  case doubleEquals = "double-equals"
  case wildcardOrder = "wildcard-order"
  case misplacedDirective = "misplaced-directive"
  case invalidTime = "invalid-time"
  case misplacedTime = "misplaced-time"
  case unsupportedTime = "unsupported-time"

  // Arguments of commands.
  case unknownOption = "unknown-option"
  case unsupportedOption = "unsupported-option"
  case repeatedOption = "repeated-option"
  case missingArgument = "missing-argument"
  case invalidNumber = "invalid-number"
  case invalidChoice = "invalid-choice"
  case invalidSed = "invalid-sed"
  case invalidSpan = "invalid-span"
  case invalidPath = "invalid-path"
  case emptyField = "empty-field"
  case wildcardField = "wildcard-field"
  case renameWildcards = "rename-wildcards"
  case unknownFunction = "unknown-function"
  case unsupportedFunction = "unsupported-function"
  case missingAggregate = "missing-aggregate"
  case invalidTable = "invalid-table"
  case noGroups = "no-groups"
  case repeatedColumn = "repeated-column"

  // Expressions.
  case functionArguments = "function-arguments"
  case notCondition = "not-condition"
  case notNumber = "not-number"
  case notField = "not-field"
  case truthValue = "truth-value"
  case refusedFunction = "refused-function"

  // What is doubtful, and compiles.
  case literalStar = "literal-star"
  case dottedField = "dotted-field"
  case absentField = "absent-field"

  // What compiles and cannot be run.
  case undefinedResult = "undefined-result"
  case unavailableData = "unavailable-data"
}
