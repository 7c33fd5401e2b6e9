import Events
package import Findings

/// Risk events in the form that Splunk's HTTP Event Collector takes.
package enum HECRisk {
  /// One line of JSON: `{"time":...,"host":...,"source":...,"sourcetype":"stash","index":"risk",
  /// "event":{...}}`, the event's fields under the names that Splunk gives them.
  package static func line(_ risk: RiskEvent, host: String) -> String {
    var object = JSONObject()
    object.add("time", risk.time.seconds)
    object.add("host", host)
    object.add("source", risk.fields["search_name"]?.text?.string ?? risk.rule)
    object.add("sourcetype", "stash")
    object.add("index", "risk")
    object.add("event") { event in
      for (name, value) in risk.fields.sorted(by: { $0.key < $1.key }) {
        event.add(name.string, value)
      }
    }
    return object.closed
  }
}
