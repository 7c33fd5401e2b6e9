import Events

/// A JSON string literal of a text.
func quoted(_ text: String) -> String {
  var literal = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": literal += "\\\""
    case "\\": literal += "\\\\"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: literal.unicodeScalars.append(scalar)
    }
  }
  return literal + "\""
}

/// A finding as a basic scan lists it.
func json(_ weakness: Weakness) -> String {
  let description = weakness.description.map { #""description":\#(quoted($0)),"# } ?? ""
  return #"{"name":"\#(weakness.name)",\#(description)"#
    + #""uri":"https://security.example.com/tracker/\#(weakness.name)","#
    + #""severity":"\#(weakness.severity)","attributes":["#
    + #"{"key":"package_version","value":"\#(weakness.version)"},"#
    + #"{"key":"package_name","value":"\#(weakness.package)"},"#
    + #"{"key":"CVSS3_SCORE","value":"\#(weakness.score)"}]}"#
}

/// `findingSeverityCounts` of a scan.
func counts(_ findings: [Weakness]) -> String {
  let words = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNDEFINED"]
  let members = words.compactMap { word -> String? in
    let count = findings.count { $0.severity == word }
    return count == 0 ? nil : #""\#(word)":\#(count)"#
  }
  return "{\(members.joined(separator: ","))}"
}

/// `userIdentity` of a caller.
func identity(of caller: Caller, in team: Team, at time: Timestamp) -> String {
  switch caller.kind {
  case .user:
    #"{"type":"IAMUser","principalId":"AIDA\#(caller.address.filter(\.isNumber))","#
      + #""arn":"arn:aws:iam::\#(team.account):user/\#(caller.name)","#
      + #""accountId":"\#(team.account)","accessKeyId":"AKIAEXAMPLE","#
      + #""userName":"\#(caller.name)"}"#
  case .role(let session):
    #"{"type":"AssumedRole","principalId":"AROAEXAMPLE:\#(session)","#
      + #""arn":"arn:aws:sts::\#(team.account):assumed-role/\#(caller.name)/\#(session)","#
      + #""accountId":"\#(team.account)","accessKeyId":"ASIAEXAMPLE","sessionContext":{"#
      + #""sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE","#
      + #""arn":"arn:aws:iam::\#(team.account):role/\#(caller.name)","#
      + #""accountId":"\#(team.account)","userName":"\#(caller.name)"},"#
      + #""attributes":{"creationDate":"\#((time - 900).iso8601)Z","mfaAuthenticated":"false"}}}"#
  }
}
