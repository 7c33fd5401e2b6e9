import Events
import JSON

extension FieldModel {
  private static let issuer: FieldRule = "userIdentity.sessionContext.sessionIssuer.userName"

  /// A user who is named in a refusal: `... is not authorized ... on resource: user alice`.
  private static let refusedUser = FieldRule.word(after: "resource: user ", "errorMessage")

  /// Events about a user, whose fields name that user and not the caller.
  private static let aboutUsers: [EventChoice] = [
    EventChoice("CreateLoginProfile", rule: "responseElements.loginProfile.userName"),
    EventChoice("CreateUser", rule: "responseElements.user.userName"),
    EventChoice("DeleteUser", "DeleteLoginProfile", rule: "requestParameters.userName"),
    EventChoice("UpdateUser", rule: "requestParameters.newUserName"),
    EventChoice(
      "CreateAccessKey", rule: ["responseElements.accessKey.userName", refusedUser]),
    EventChoice(
      "ListSigningCertificates", "ListAccessKeys", "GetUser", "GetAccountSummary",
      "ListAccountAliases", rule: refusedUser),
    EventChoice("CreateVirtualMFADevice", rule: "userIdentity.userName"),
  ]

  /// `user_name`: who did it; of an assumed role the role, not the session.
  static let actor = FieldRule.byEventName(
    aboutUsers + [
      EventChoice("ListRoles", rule: .beforeColon("userIdentity.principalId"))
    ],
    otherwise: [
      "userIdentity.userName", issuer,
      .arnEnd(["userIdentity.arn", "requestParameters.roleArn"]),
    ])

  /// `user`: a case of its own, null for most calls of an assumed role.
  ///
  /// Rules rename `user_name` over it.
  static let user = FieldRule.byEventName(
    aboutUsers + [
      EventChoice(
        "AssumeRole*",
        rule: .arnEnd(["requestParameters.roleArn", "responseElements.assumedRoleUser.arn"])),
      EventChoice("ConsoleLogin", rule: signedInUser),
      EventChoice(
        "CheckMfa", "SwitchRole", "ExitRole", "RenewRole", "PasswordRecoveryRequested",
        "PasswordRecoveryCompleted", "ListAliases", "ListRoles", "*Instances", "*Volume", "Put*",
        "*Bucket", rule: nameOrIssuer),
    ],
    otherwise: "userIdentity.userName")

  private static let nameOrIssuer: FieldRule = ["userIdentity.userName", issuer]

  private static let signedInUser = FieldRule.when(
    .raw("userIdentity.type"), isOneOf: ["AssumedRole"],
    .whenPresent(
      .raw("additionalEventData.LoginTo"), .afterColon("userIdentity.principalId"),
      otherwise: nameOrIssuer),
    otherwise: nameOrIssuer)

  /// `userName`: the raw leaf's name with more to fall back on, the source identity before the role.
  static let userOrIdentity: FieldRule = [
    "userIdentity.userName", "requestParameters.sourceIdentity", issuer,
    .arnEnd("userIdentity.arn"),
  ]

  /// `user_type`: null where the user is one that the call is about.
  static let userType = FieldRule.byEventName(
    [
      EventChoice(
        "*User", "CreateLoginProfile", "CreateAccessKey", "ListAccessKeys",
        "ListSigningCertificates", "CreateVirtualMFADevice", "GetAccountSummary",
        "ListAccountAliases", rule: .null),
      EventChoice("ListAliases", "ListRoles", "DeleteNetworkInterface", rule: issuerType),
      EventChoice("ConsoleLogin", rule: signedInType),
      EventChoice("AssumeRole*", rule: "resources{}.type"),
    ],
    otherwise: "userIdentity.type")

  private static let issuerType: FieldRule = "userIdentity.sessionContext.sessionIssuer.type"

  private static let signedInType = FieldRule.when(
    .raw("userIdentity.type"), isOneOf: ["AssumedRole"],
    .whenPresent(
      .raw("additionalEventData.LoginTo"), "userIdentity.type", otherwise: issuerType),
    otherwise: "userIdentity.type")

  /// `session_name`, of our own: who is behind an assumed role.
  static let sessionName = FieldRule.when(
    .raw("userIdentity.type"), isOneOf: ["AssumedRole"], .arnEnd("userIdentity.arn"),
    otherwise: .null)
}
