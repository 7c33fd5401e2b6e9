/// The name of a row: a hash of rule id, window and key, in hexadecimal digits.
package struct RowID: Hashable, Sendable {
  package let digits: String
  package init(digits: String) { self.digits = digits }
}

/// The name of a finding: a hash of its rule's id and its identity roles, in hexadecimal digits.
package struct FindingID: Hashable, Sendable {
  package let digits: String
  package init(digits: String) { self.digits = digits }
}

/// The name of a risk event: a hash of rule id, window, key and risk object.
package struct RiskEventID: Hashable, Sendable {
  package let digits: String
  package init(digits: String) { self.digits = digits }
}
