extension Spath {
  var canonicalText: String {
    words(
      input.map { "input=\(atom($0))" }, output.map { "output=\(atom($0))" },
      path.map { "path=\(atom($0))" })
  }
}

extension Convert {
  var canonicalText: String {
    let calls = conversions.map { conversion in
      let call = "\(conversion.function.rawValue)(\(atom(wildcards: conversion.field)))"
      return conversion.name == conversion.field ? call : "\(call) as \(atom(conversion.name))"
    }
    return words(
      timeFormat == Self.defaultTimeFormat ? nil : "timeformat=\(atom(timeFormat))", calls.listed)
  }
}

extension Rex {
  var canonicalText: String {
    let target = field == Self.defaultField ? nil : "field=\(atom(field))"
    switch mode {
    case .extract(let pattern, let limit):
      return words(
        target, limit == 1 ? nil : "max_match=\(limit ?? 0)", quotedText(pattern))
    case .sed(let sed): return words(target, "mode=sed", quotedText(sed.text))
    }
  }
}

extension Sed {
  /// The program, with a sign between its parts that none of them holds.
  var text: String {
    let parts =
      switch self {
      case .substitute(let pattern, let replacement, let from, let all):
        ["s", pattern, replacement, (from == 1 ? "" : String(from)) + (all ? "g" : "")]
      case .transliterate(let from, let to): ["y", from, to, ""]
      }
    let signs: [Character] = ["/", "#", "!", ",", "~", "@", "%", ";", ":", "="]
    let free = signs.first { sign in parts.allSatisfy { $0.contains(sign) == false } }
    return parts.joined(separator: String(free ?? "\u{1F}"))
  }
}

extension MakeMultivalue {
  var canonicalText: String {
    let cut =
      switch self.cut {
      case .delimiter(let delimiter): "delim=\(quotedText(delimiter))"
      case .tokenizer(let pattern): "tokenizer=\(quotedText(pattern))"
      }
    return words(
      cut, allowsEmpty ? "allowempty=true" : nil, keepsSingle ? "setsv=true" : nil,
      fieldName(field))
  }
}
