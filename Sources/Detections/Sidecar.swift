/// What the panes need to know of a rule that its ESCU file does not say: `NAME.roles.yml`.
///
/// ```yaml
/// roles:                       # pane role, or a name that identity uses
///   repository: repository     # a column, a sample field, a field of the record
///   severity: [severity, {value: HIGH}]       # tried in turn; a constant
///   package: attributes[package_name]         # of attributes{}, the value whose key is that
///   session: {last_part: userIdentity.arn, when: ":assumed-role/"}
///   registry_account: [responseElements.registryId, recipientAccountId]
/// identity: [registry_account, region, repository, finding]
/// keep_null: [finding_description]            # BY fields whose null keeps the row by default
/// derive: {imageDigest: [responseElements.imageId.imageDigest]}
/// lookback: 24h                               # of an incident rule, how far it looks back
/// at_once: true                               # rows show before their window closes
/// enabled: true
/// ```
package struct Sidecar: Equatable, Sendable {
  /// The roles that panes know; other names in `roles` serve `identity` only.
  package static let paneRoles = [
    "repository", "image", "finding", "severity", "package", "version", "user", "source",
    "account", "region", "session",
  ]

  /// What each role is taken from, tried in turn.
  package var roles: [String: [RoleSource]]
  /// Roles that name what is triaged; nil where the row's key does.
  package var identity: [String]?
  package var keepNull: Set<String>
  /// By column: fields tried in turn where the column's own source is null.
  package var derive: [String: [String]]
  /// Seconds before the end of a window that a rule over risk events sees; nil for a day.
  package var lookback: Int64?
  /// Whether rows that may stop qualifying are raised at once and withdrawn then, where other rules
  /// wait for their window to close.
  package var raisesAtOnce: Bool
  /// Whether the rule runs without being turned on.
  package var isEnabled: Bool

  package init(
    roles: [String: [RoleSource]], identity: [String]?, keepNull: Set<String> = [],
    derive: [String: [String]] = [:], isEnabled: Bool = true,
    lookback: Int64? = nil, raisesAtOnce: Bool = false
  ) {
    self.roles = roles
    self.identity = identity
    self.keepNull = keepNull
    self.derive = derive
    self.isEnabled = isEnabled
    self.lookback = lookback
    self.raisesAtOnce = raisesAtOnce
  }

  /// For a rule without one: each role is the column of its name, a finding is a row's key.
  package static let none = Sidecar(
    roles: Dictionary(uniqueKeysWithValues: paneRoles.map { ($0, [.field($0)]) }), identity: nil)

  /// Every field that roles look at; the sample of a row must have them.
  package var sampleFields: Set<String> {
    Set(roles.values.flatMap { $0.compactMap(\.field) })
  }
}

/// Where a role's value comes from.
package enum RoleSource: Equatable, Sendable {
  /// A column of the row, else a sample field, by name. `attributes[package_name]` is the sample's
  /// name for the value of one key in a list of keys and values.
  case field(String)
  /// The text after the last `/` of a field's value, where the value contains some text.
  case lastPart(of: String, containing: String?)
  case constant(String)

  /// The field that it reads; nil for a constant.
  package var field: String? {
    switch self {
    case .field(let name), .lastPart(let name, _): name
    case .constant: nil
    }
  }
}
