/// Every envelope in which a record comes, around a record.
enum Wrappers {
  static func all(of record: String) -> [(name: String, text: String)] {
    let quoted = "\"\(escaped(record))\""
    return [
      ("nothing", record),
      ("white space", " \n\(record)\n"),
      ("log file", "{\"Records\":[\(record)]}"),
      ("array", "[\(record)]"),
      (
        "EventBridge",
        #"{"version":"0","detail-type":"AWS API Call via CloudTrail","source":"aws.ecr","detail":"#
          + record + "}"
      ),
      (
        "EventBridge sign-in",
        #"{"detail-type":"AWS Console Sign In via CloudTrail","detail":\#(record)}"#
      ),
      (
        "CloudWatch Logs",
        #"{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","message":\#(quoted)}]}"#
      ),
      (
        "filtered log events", #"{"events":[{"timestamp":1,"message":\#(quoted)}],"nextToken":"t"}"#
      ),
      ("log event", #"{"id":"1","timestamp":1628682747000,"message":\#(quoted)}"#),
      ("LookupEvents", #"{"Events":[{"EventId":"e-1","CloudTrailEvent":\#(quoted)}]}"#),
      ("looked-up event", #"{"EventId":"e-1","EventName":"x","CloudTrailEvent":\#(quoted)}"#),
      ("Splunk export", #"{"preview":false,"result":{"_raw":\#(quoted),"eventName":"x"}}"#),
      ("SNS", #"{"Type":"Notification","TopicArn":"arn","Message":\#(quoted)}"#),
      ("SNS in Lambda", #"{"Records":[{"EventSource":"aws:sns","Sns":{"Message":\#(quoted)}}]}"#),
    ]
  }

  /// A text as it stands in a JSON string; letters too are escaped here and there.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case "D": "\\u0044"
      default: String(Character(scalar))
      }
    }.joined()
  }
}
