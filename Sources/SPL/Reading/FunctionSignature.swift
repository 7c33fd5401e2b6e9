/// How a function is called.
struct FunctionSignature {
  /// How many arguments it takes.
  var arity: ClosedRange<Int>
  /// What they have to be, in order; nothing is said of those beyond.
  var parameters: [ValueKind?]
  /// What it gives; nil where that depends.
  var result: ValueKind?

  init(_ arity: ClosedRange<Int>, _ parameters: [ValueKind?] = [], gives result: ValueKind? = nil) {
    self.arity = arity
    self.parameters = parameters
    self.result = result
  }

  init(_ arity: Int, _ parameters: [ValueKind?] = [], gives result: ValueKind? = nil) {
    self.init(arity...arity, parameters, gives: result)
  }

  static let many = 1_000
}

extension EvalFunction {
  var signature: FunctionSignature {
    switch self {
    case .coalesce: FunctionSignature(1...FunctionSignature.many)
    case .isnull, .isnotnull, .isnum, .isint, .isstr, .isbool, .jsonValid:
      FunctionSignature(1, gives: .truth)
    case .match, .cidrmatch: FunctionSignature(2, gives: .truth)
    case .nullif: FunctionSignature(2)
    case .typeof, .lower, .upper, .urldecode, .md5, .sha1, .sha256, .sha512:
      FunctionSignature(1, gives: .text)
    case .len, .mvcount: FunctionSignature(1, gives: .number)
    case .trim, .ltrim, .rtrim: FunctionSignature(1...2, gives: .text)
    case .substr: FunctionSignature(2...3, [nil, .number, .number], gives: .text)
    case .replace: FunctionSignature(3, gives: .text)
    case .tonumber: FunctionSignature(1...2, [nil, .number], gives: .number)
    case .tostring: FunctionSignature(1...2, gives: .text)
    case .round, .log: FunctionSignature(1...2, [.number, .number], gives: .number)
    case .floor, .ceiling, .sqrt, .abs, .exp, .ln:
      FunctionSignature(1, [.number], gives: .number)
    case .pi: FunctionSignature(0, gives: .number)
    case .exact, .sin, .cos, .tan, .asin, .acos, .atan, .sinh, .cosh, .tanh:
      FunctionSignature(1, [.number], gives: .number)
    case .atan2, .hypot: FunctionSignature(2, [.number, .number], gives: .number)
    case .bitAnd, .bitOr, .bitXor:
      FunctionSignature(2...FunctionSignature.many, [.number, .number], gives: .number)
    case .printf: FunctionSignature(1...FunctionSignature.many, gives: .text)
    case .ipmask: FunctionSignature(2, gives: .text)
    case .pow: FunctionSignature(2, [.number, .number], gives: .number)
    case .min, .max: FunctionSignature(1...FunctionSignature.many)
    case .strftime: FunctionSignature(2, gives: .text)
    case .strptime, .relativeTime: FunctionSignature(2, gives: .number)
    case .now, .time: FunctionSignature(0, gives: .number)
    case .mvappend: FunctionSignature(1...FunctionSignature.many)
    case .mvindex: FunctionSignature(2...3, [nil, .number, .number])
    case .mvjoin: FunctionSignature(2, gives: .text)
    case .mvzip: FunctionSignature(2...3)
    case .mvdedup, .mvsort: FunctionSignature(1)
    case .mvfind: FunctionSignature(2, gives: .number)
    case .mvrange: FunctionSignature(2...3, [.number, .number])
    case .split, .spath: FunctionSignature(2)
    case .jsonExtract: FunctionSignature(1...FunctionSignature.many)
    }
  }
}

/// The functions of expressions by name.
enum FunctionName {
  /// With a case of their own in `Expression`.
  static let special = [
    "case", "ceil", "false", "if", "in", "like", "mvfilter", "mvmap", "null", "searchmatch", "true",
    "validate",
  ]

  static let all = (special + EvalFunction.allCases.map(\.rawValue)).sorted()

  /// Functions of Splunk that do not run.
  static let unsupported: Set<String> = [
    "acosh", "asinh", "atanh", "bit_not",
    "bit_shift_left", "bit_shift_right", "commands", "isarray", "isdouble", "ismv", "isobject",
    "json", "json_append", "json_array",
    "json_array_to_mv", "json_delete", "json_entries", "json_extend", "json_extract_exact",
    "json_has_key_exact", "json_keys", "json_object", "json_set", "json_set_exact", "lookup",
    "mv_to_json_array", "object_to_array", "sigfig", "toarray", "tobool", "todouble", "toint",
    "tojson", "tomv", "toobject",
  ]
}
