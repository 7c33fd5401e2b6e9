/// How a number that is not negative is written in a search.
enum NumberText {
  /// The shortest text that is read back as the same number: `5`, `0.25`, `1e+30`.
  static func shortest(_ number: Double) -> String {
    if number.rounded() == number, number < 1e15 { return String(Int64(number)) }
    return String(number.description)
  }
}
