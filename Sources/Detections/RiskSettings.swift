import Diagnostics

/// What the user says of risk beside the rules: factors, and which names are one identity.
package struct RiskSettings: Equatable, Sendable {
  /// Scores count as they stand, every name is its own identity.
  package static let none = RiskSettings()

  package var factors: [RiskFactor] = []
  /// The identity of each name, lower case.
  private var identities: [String: String] = [:]
  /// What is wrong with the files.
  package private(set) var problems: [RuleProblem] = []

  package init(factors: [RiskFactor] = []) { self.factors = factors }

  /// Reads `risk_factors.csv` (`name,field,value,operation,amount`) and `identities.csv`
  /// (`identity,normalized`; several names of one identity are divided by `|`).
  package init(factors factorFile: TextFile?, identities identityFile: TextFile?) {
    if let factorFile {
      let table = table(factorFile, columns: ["field", "value", "operation", "amount"])
      for (line, record) in table.records.enumerated() {
        if let factor = RiskFactor(record) {
          factors.append(factor)
        } else {
          report(
            "wrong-factor", factorFile,
            "line \(line + 2) is no risk factor, expected add or multiply and a number")
        }
      }
    }
    if let identityFile {
      for record in table(identityFile, columns: ["identity", "normalized"]).records {
        for name in (record["identity"] ?? "").split(separator: "|") {
          identities[name.lowercased()] = record["normalized"]
        }
      }
    }
  }

  /// The name that stands for a risk object of that name.
  package func normalized(_ object: String) -> String {
    identities[object.lowercased()] ?? object
  }

  private mutating func table(_ file: TextFile, columns: [String]) -> CSVTable {
    let table = CSVTable(file.text)
    for column in columns where !table.columns.contains(column) {
      report(
        "missing-column", file,
        "there is no column '\(column)', expected \(columns.joined(separator: ", "))")
    }
    return table
  }

  private mutating func report(_ code: String, _ file: TextFile, _ message: String) {
    problems.append(
      RuleProblem(
        Diagnostic(code: code, message: message, span: nil),
        in: SourceText(name: file.path, text: file.text)))
  }
}

/// Raises or lowers the score of risk events that have some value in some field.
package struct RiskFactor: Equatable, Sendable {
  package enum Operation: String, Equatable, Sendable { case add, multiply }

  package var name: String
  /// A field of the risk event, or of the row that raises it.
  package var field: String
  /// Compared without ASCII case; `*` is any text.
  package var value: String
  package var operation: Operation
  package var amount: Double

  package init(
    name: String, field: String, value: String, operation: Operation, amount: Double
  ) {
    self.name = name
    self.field = field
    self.value = value
    self.operation = operation
    self.amount = amount
  }

  /// Whether a value is the factor's.
  package func matches(_ text: String) -> Bool {
    WildcardText(value).matches(text)
  }

  init?(_ record: [String: String]) {
    guard let field = record["field"], !field.isEmpty, let value = record["value"],
      let operation = record["operation"].flatMap(Operation.init),
      let amount = record["amount"].flatMap(Double.init), amount.isFinite
    else { return nil }
    self.init(
      name: record["name"] ?? "", field: field, value: value, operation: operation,
      amount: amount)
  }
}
