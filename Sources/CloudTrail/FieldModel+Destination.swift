extension FieldModel {
  private static let requestedInstances: FieldRule =
    "requestParameters.instancesSet.items{}.instanceId"
  private static let service: FieldRule = "eventSource"

  /// `dest`: what the call was made on, mostly the service itself.
  static let destination = FieldRule.byEventName(
    [
      EventChoice(
        "RunInstances", "StartInstances",
        rule: [
          "responseElements.instancesSet.items{}.instanceId", requestedInstances, service,
        ]),
      EventChoice(
        "StopInstances", "TerminateInstances", "RebootInstances", rule: requestedInstances),
      EventChoice("*Volume", rule: ["requestParameters.instanceId", service]),
      EventChoice("PutBucketAcl", rule: "requestParameters.Host"),
      EventChoice("*Bucket", "GetBucketEncryption", rule: "requestParameters.host{}"),
      EventChoice("Put*", rule: ["requestParameters.host{}", "requestParameters.Host"]),
      EventChoice("DeleteLoginProfile", rule: "requestParameters.userName"),
      EventChoice(
        "ConsoleLogin", "AssumeRole*", "CheckMfa", "ListAliases",
        rule: ["additionalEventData.LoginTo", service]),
    ],
    otherwise: service)
}
