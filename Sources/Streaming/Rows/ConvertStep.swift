import Events
import SPL

/// `convert ctime(a) as b num(c)`: values turned into others, one field at a time.
struct ConvertStep: Sendable {
  private struct Item: Sendable {
    let function: ConvertFunction
    let field: Text
    let name: Text
    /// Where the field is a pattern.
    let pattern: NamePattern?
  }

  private let items: [Item]
  private let format: Strftime
  private let parser: Strptime

  init(_ convert: Convert) {
    items = convert.conversions.map { conversion in
      Item(
        function: conversion.function, field: Text(conversion.field), name: Text(conversion.name),
        pattern: conversion.field.utf8.contains(0x2a) ? NamePattern(conversion.field) : nil)
    }
    format = Strftime(convert.timeFormat)
    parser = Strptime(convert.timeFormat)
  }

  func applied(to fields: any FieldSource) -> any FieldSource {
    items.reduce(fields) { fields, item in
      guard let pattern = item.pattern else {
        return assigned(item, from: item.field, to: item.name, in: fields)
      }
      let names = fields.names.filter { pattern.captures(ofSource: $0) != nil }
      return names.reduce(fields) { assigned(item, from: $1, to: $1, in: $0) }
    }
  }

  private func assigned(
    _ item: Item, from field: Text, to name: Text, in fields: any FieldSource
  ) -> any FieldSource {
    let value = fields.value(of: field)
    guard !value.isNull, item.function != .none else { return fields }
    return AssignedField(name, converted(value, by: item.function), above: fields)
  }

  /// Each of many by itself; what cannot be converted stays, except that `num` takes it away.
  private func converted(_ value: Value, by function: ConvertFunction) -> Value {
    guard case .many(let values) = value else { return single(value, by: function) ?? .null }
    return Value(values.compactMap { single($0, by: function) })
  }

  private func single(_ value: Value, by function: ConvertFunction) -> Value? {
    switch function {
    case .number: value.number.map(Value.number)
    case .ctime: value.number.flatMap(format.string).map(Value.string) ?? value
    default: result(of: function, value) ?? value
    }
  }

  private func result(of function: ConvertFunction, _ value: Value) -> Value? {
    guard let text = value.text?.string else { return nil }
    return switch function {
    case .mktime: parser.seconds(of: Text(text)).map(Value.number)
    case .auto:
      value.number.map(Value.number) ?? Durations.seconds(text) ?? Durations.withoutCommas(text)
    case .durationToSeconds: Durations.seconds(text)
    case .minutesToSeconds: Durations.minutesAndSeconds(text)
    case .memoryToKilobytes: Durations.kilobytes(text)
    case .removeCommas: Durations.withoutCommas(text)
    case .removeUnit: Durations.withoutUnit(text)
    case .number, .ctime, .none: nil
    }
  }
}

/// Texts that people write numbers as.
private enum Durations {
  /// `[D+]HH:MM:SS`.
  static func seconds(_ text: String) -> Value? {
    let parts = text.split(separator: "+", omittingEmptySubsequences: false)
    guard parts.count <= 2, let days = parts.count == 2 ? Int64(parts[0]) : 0 else { return nil }
    let clock = parts[parts.count - 1].split(separator: ":", omittingEmptySubsequences: false)
    let numbers = clock.compactMap { Int64($0) }
    guard clock.count == 3, numbers.count == 3, (0...1_000_000).contains(days),
      numbers.allSatisfy({ (0...1_000_000).contains($0) })
    else { return nil }
    let seconds = ((days * 24 + numbers[0]) * 60 + numbers[1]) * 60 + numbers[2]
    return .number(.whole(seconds))
  }

  /// `MM:SS.SSS`, and `SS.SSS`.
  static func minutesAndSeconds(_ text: String) -> Value? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let seconds = Number(Text(String(parts[parts.count - 1]))) else {
      return nil
    }
    guard parts.count == 2 else { return .number(seconds) }
    guard let minutes = Int64(parts[0]), (0...1_000_000).contains(minutes) else { return nil }
    return .number(Number(Double(minutes * 60) + seconds.double))
  }

  /// `12k`, `3m`, `2g`; without a letter kilobytes.
  static func kilobytes(_ text: String) -> Value? {
    let scales: [Character: Double] = ["k": 1, "m": 1024, "g": 1024 * 1024]
    guard let letter = text.lowercased().last else { return nil }
    let digits = scales[letter] == nil ? Substring(text) : text.dropLast()
    guard let number = Number(Text(String(digits))) else { return nil }
    return .number(Number(number.double * (scales[letter] ?? 1)))
  }

  static func withoutCommas(_ text: String) -> Value? {
    Number(Text(text.filter { $0 != "," })).map(Value.number)
  }

  static func withoutUnit(_ text: String) -> Value? {
    let number = text.prefix { ($0.isASCII && $0.isNumber) || $0 == "." || $0 == "-" }
    return Number(Text(String(number))).map(Value.number)
  }
}
