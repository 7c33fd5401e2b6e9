import Diagnostics
import Events
import SPL
import Streaming
import Testing

@Suite struct Plans {
  @Test func nameTheirColumnsInSplunksOrder() throws {
    let plan = try plan(
      """
      eventName=A | rename name as finding | stats count min(_time) as firstTime BY user, finding
      | convert ctime(firstTime) as first | rename user as who
      """)
    #expect(plan.columns == ["who", "finding", "count", "firstTime", "first"])
    #expect(plan.keyFields == ["user", "finding"])
    #expect(plan.tableStagesAreRowLocal)
  }

  @Test func knowWhenARowDependsOnOthers() throws {
    #expect(try plan("* | stats count by a | search count>1").tableStagesAreRowLocal)
    #expect(try !plan("* | stats count by a | stats count").tableStagesAreRowLocal)
    #expect(try !plan("* | stats values(b) as b by a | mvexpand b").tableStagesAreRowLocal)
  }

  @Test func knowWhetherARowCanStopQualifying() throws {
    for text in ["count>5", "count>=5 a=x*", "NOT a=x", "first<9 OR d>2", "*", "count=*"] {
      let stage = "* | stats count min(_time) as first dc(b) as d by a | search \(text)"
      #expect(try plan(stage).rowsStandForGood, "\(text)")
    }
    for text in ["count<5", "count!=1", "NOT count>5", "first>9", "count=1", "v=x", "lo<3"] {
      let stage =
        "* | stats count min(_time) as first values(b) as v min(b) as lo by a | search \(text)"
      #expect(try !plan(stage).rowsStandForGood, "\(text)")
    }
    #expect(try plan("* | stats count as n by a | rename n as m | search m>1").rowsStandForGood)
  }

  @Test func nameTheRangeOfTheirEvents() throws {
    let week = SearchRange(start: Timestamp(seconds: 100), last: Timestamp(seconds: 7300))
    let settings = PlanSettings(asOf: Timestamp(seconds: 7300), range: week)
    #expect(try plan("* | stats count", settings).range == week)
    let own = try plan("latest=7000 | search starthoursago=1 | stats count", settings)
    #expect(
      own.range == SearchRange(start: Timestamp(seconds: 3700), last: Timestamp(seconds: 6999)))
    #expect(try plan("* | stats count").range == .everything)
  }

  @Test func listTheRecordOnlyWhereItIsWanted() throws {
    let text = "sourcetype=x eventName=A user=* | rename user as who"
    #expect(try plan(text).columns == ["_time", "eventName", "who", "_raw"])
    let short = try plan(text, PlanSettings(listsRaw: false))
    #expect(short.columns == ["_time", "eventName", "who"])
  }

  @Test func keepTheRowsOfAnEventInTheirOrder() throws {
    let values = (0..<12).map { Value.string("v\($0)") }
    var run = BatchRun(try plan("* | mvexpand t"))
    run.add(Event(time: Timestamp(seconds: 1), fields: ListedFields(["t": .many(values)])))
    let table = run.finish()
    #expect(table.rows.indices.map { table.value($0, "t") } == values)
  }

  @Test func countWhatSplunkDrops() throws {
    let plan = try plan("* | stats count by a b")
    var run = BatchRun(plan)
    for line in [#"{"a":"1","b":"1"}"#, #"{"a":"1"}"#, #"{"b":"1"}"#, "{}"] {
      run.add(try JSONLineFields.event(line))
    }
    #expect(run.finish().rows.count == 1)
    #expect(run.dropped == ["a": 2, "b": 1])
  }

  @Test func boundTheCombinationsOfOneEvent() throws {
    let many = Value((0..<300).map { .string(String($0)) })
    let event = Event(time: nil, fields: ListedFields(["a": many, "b": many]))
    var run = BatchRun(try plan("* | stats count by a b"))
    run.add(event)
    #expect(run.truncated == 1)
    #expect(run.finish().rows.count == 300 * 33)
  }

  @Test func keepTheRestOfAnEventAsASample() throws {
    let line = """
      {"account":"12","f":[{"name":"n","severity":"HIGH","uri":"u","title":"t",\
      "attributes":[{"key":"package_name","value":"glibc"},{"value":"7.1","key":"score"}]}]}
      """
    let plan = try plan(
      """
      * | spath path=f{} output=f | mvexpand f | spath input=f
      | rename name as finding, title as heading | stats count by finding
      """, PlanSettings(sampleFields: ["account"]))
    let sample = contributions(of: try JSONLineFields.event(line), to: plan).first?.sample
    #expect(
      sample == [
        "account": "12", "severity": "HIGH", "uri": "u", "heading": "t",
        "attributes[package_name]": "glibc", "attributes[score]": "7.1",
      ])
  }

  @Test func boundASample() throws {
    let members = (0..<200).map { "\"m\($0)\":\"v\"" }.joined(separator: ",")
    let long = String(repeating: "x", count: 5000)
    let line = #"{"id":"a","f":[{"a long":"\#(long)",\#(members)}]}"#
    let plan = try plan("* | spath path=f{} output=f | spath input=f | stats count by id")
    let sample = contributions(of: try JSONLineFields.event(line), to: plan).first?.sample
    #expect(sample?.count == 64)
    #expect(sample?["a long"] == nil)
  }

  @Test func nameWhereADerivedValueIsFrom() throws {
    for (field, source, mark) in [
      ("imageDigest", "responseElements.d", "digest from response"),
      ("image_digest", "requestParameters.d", "digest from request"),
      ("imageURI", "requestParameters.d", "uri from request"),
      ("registry", "recipientAccountId", "registry from recipientAccountId"),
    ] {
      let plan = try plan(
        "* | stats count by \(field)", PlanSettings(derive: [Text(field): [Text(source)]]))
      let event = Event(time: nil, fields: ListedFields([Text(source): "v"]))
      #expect(contributions(of: event, to: plan).first?.marks == [Text(mark)])
    }
  }
}
