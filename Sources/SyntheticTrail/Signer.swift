import Events

/// A caller at work for a team: the pieces of a record that say who called and from where.
struct Signer: Sendable {
  let caller: Caller
  let team: Team
  /// A record up to the value of `eventTime`.
  let head: [UInt8]
  /// From `awsRegion` to before `requestParameters`.
  let origin: [UInt8]
  private let tail: [UInt8]

  static func all(since start: Timestamp) -> [Signer] {
    Cast.callers.flatMap { caller in
      Cast.teams.map { Signer(caller: caller, team: $0, since: start) }
    }
  }

  private init(caller: Caller, team: Team, since start: Timestamp) {
    self.caller = caller
    self.team = team
    head =
      Array(
        #"{"eventVersion":"1.11","userIdentity":\#(identity(of: caller, in: team, at: start)),"#
          .utf8) + Array(#""eventTime":""#.utf8)
    origin = Array(
      (#""awsRegion":"\#(team.region)","sourceIPAddress":"\#(caller.address)","#
        + #""userAgent":\#(quoted(caller.userAgent)),"#).utf8)
    tail = Array(
      (#","eventType":"AwsApiCall","managementEvent":true,"#
        + #""recipientAccountId":"\#(team.account)","eventCategory":"Management","#
        + #""tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","#
        + #""clientProvidedHostHeader":"api.\#(team.region).amazonaws.com"},"#
        + #""sessionCredentialFromConsole":"true"}"#).utf8)
  }

  /// The end of a record, from after `responseElements`.
  func addTail(to bytes: inout [UInt8], isReadOnly: Bool, random: inout Randomness) {
    bytes.add(#","requestID":""#)
    bytes.addUUID(&random)
    bytes.add(#"","eventID":""#)
    bytes.addUUID(&random)
    bytes.add(isReadOnly ? #"","readOnly":true"# : #"","readOnly":false"#)
    bytes += tail
  }
}
