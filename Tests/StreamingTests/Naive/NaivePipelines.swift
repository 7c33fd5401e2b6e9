import Events
import Streaming
import TestSupport

/// Searches and events drawn at random for the comparison.
enum NaivePipelines {
  struct Named {
    var name: Int
    var event: Event
  }

  static func inOrder(_ events: [Named], index: Plan.Source = .records) -> [NaiveSearch.Row] {
    func seconds(_ one: Named) -> Int64 { one.event.time?.seconds ?? .min }
    let sorted = events.sorted { one, other in
      seconds(one) == seconds(other) ? one.name < other.name : seconds(one) > seconds(other)
    }
    return sorted.map { one in
      var fields: [Text: Value] = [:]
      for name in one.event.fields.names { fields[name] = one.event.fields.value(of: name) }
      fields["_time"] = one.event.time.map { .number(.whole($0.seconds)) }
      if fields["index"] == nil {
        fields["index"] = index == .riskEvents ? "risk" : index == .notables ? "notable" : nil
      }
      fields = fields.filter { !$0.value.isNull }
      return NaiveSearch.Row(fields: fields, record: fields)
    }
  }

  static let lines: [Text: LookupTable] = [
    "owners": LookupTable(
      columns: ["a", "team", "rank"],
      rows: [["x", "red", "1"], ["y", "blue", nil], ["x", "green", "3"], ["Z", nil, "4"]]),
    "shapes": LookupTable(
      columns: ["b", "shape"], rows: [["w*", "round"], ["*", "any"]],
      matches: ["b": .wildcard], maximumMatches: 1),
  ]

  static func tables() throws -> ProgramTables { ProgramTables(lines) }

  static func event(_ name: Int, using random: inout SplitMix64) -> Named {
    var fields: [Text: Value] = [:]
    for (field, values) in [
      ("a", ["x", "y", "Z"]), ("b", ["x", "w", "w,x,w", "1"]), ("n", ["1", "2", "7", "30", "2.5"]),
      ("c", ["X9-y", "a.b", "", "7"]),
    ]
    where Int.random(in: 0..<5, using: &random) > 0 {
      fields[Text(field)] = values.randomElement(using: &random).map(Value.string)
    }
    let many = ["p", "q", "r", "2"].filter { _ in Bool.random(using: &random) }
    if !many.isEmpty { fields["t"] = Value(many.map(Value.string)) }
    fields["_raw"] = .string(
      #"{"k":\#(Int.random(in: 0..<3, using: &random)),"s":["u","v"],"d":"GLOB x"}"#)
    let time = Timestamp(seconds: Int64.random(in: 0..<400, using: &random))
    return Named(name: name, event: Event(time: time, fields: ListedFields(fields)))
  }

  static func search(using random: inout SplitMix64) -> String {
    func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
    func draw(_ most: Int, _ choices: [String]) -> [String] {
      (0..<Int.random(in: 0...most, using: &random)).map { _ in pick(choices) }
    }
    var stages = draw(4, rowCommands + tableCommands)
    stages.append(pick(closing))
    stages += draw(3, closed)
    return ([pick(["*", "a=* OR b=w", "glob NOT a=y", "n>1 b!=x", "n IN (1, 7, 3*)"])] + stages)
      .joined(separator: " | ")
  }

  private static let rowCommands = [
    "search a=x", "where n>1", "search NOT (a=x n>2) OR t=p", "where b=\"x\" OR n<3 AND a!=\"y\"",
    "eval m=n*2+1, l=len(a).\"-\".b", "eval n=if(n>2, n, null())", "eval a=coalesce(b, a)",
    "eval v=mvappend(a, t), w=mvcount(v)", "eval r=round(n/3, 2), q=n%2",
    "eval z=case(a==\"x\", 1, n>5, \"big\", true(), b)",
    "eval s=split(b, \",\"), j=mvjoin(s, \"+\")",
    "eval g=replace(c, \"(\\w)-(\\w)\", \"\\2_\\1\")", "eval f=strftime(_time, \"%H:%M:%S\")",
    "eval h=mvfilter(match(t, \"[pq]\")), i=mvindex(t, -1)", "eval k=tostring(n, \"commas\")",
    "makemv delim=\",\" b", "makemv tokenizer=\"(\\w)\" c", "mvexpand t", "mvexpand b limit=2",
    "rex field=c \"(?<first>\\w)(?<rest>.*)\"", "rex field=c mode=sed \"s/[a-z]/#/g\"",
    "rex field=b max_match=0 \"(?<each>\\w)\"", "regex c=\"^[a-z]\"", "regex b!=\"w\"",
    "rename a as b, c as d", "rename * as p_*", "rename missing as a", "bin span=5 n",
    "bin span=2m _time", "fillnull value=0 n", "fillnull value=none a b", "spath path=k output=k",
    "spath path=s{} output=t", "spath", "nomv t", "lookup owners a OUTPUT team rank as n",
    "lookup owners a OUTPUTNEW team as c", "lookup shapes b", "fields a b n t", "fields - c",
    "table _time a b n", "convert ctime(_time) as when timeformat=\"%M:%S\" num(b)", "addinfo",
    "convert rmcomma(b) auto(n)", "convert num(*)",
    "eval o=printf(\"%-4s|%05.1f|%x\", a, n, n)",
    "eval u=bit_xor(n, 5), y=round(hypot(n, 4), 3)",
  ]

  private static let tableCommands = [
    "dedup a", "dedup a b", "dedup 2 a keepempty=t", "dedup a sortby -n", "dedup a consecutive=t",
    "dedup b keepevents=t",
    "head 5", "head (n<8) keeplast=t null=t", "tail 4", "reverse", "sort n -a", "sort 4 -num(n) b",
    "sort str(n)", "eventstats count as e sum(n) as s by a", "eventstats max(n) as hi dc(t) as dt",
    "streamstats count as k last(n) as p by b", "streamstats current=f window=2 sum(n) as s by a",
    "streamstats window=2 global=f list(n) as l by a", "fillnull value=none", "fillnull",
    "transaction a maxspan=1m", "transaction a maxpause=30 maxevents=3", "mvcombine n",
    "search [search b=x | fields a]", "search a=x OR [search n>5 | dedup n | table n]",
    "search NOT [search n>5 | stats count by a | fields a]",
    "search [search n>5 | return 2 a]", "search [search b=x | fields a | format]",
    "union [search b=x | eval b=\"more\"]", "search [search n>1 | return 3 b=a]",
    "join a [search n=* | stats max(n) as top by a]", "append [search a=y | eval b=\"more\"]",
    "join type=left max=0 a [search b=w | fields a n c]",
    "appendpipe [stats sum(n) as n | eval a=\"all\"]",
    "inputlookup append=t owners where a=x", "outputlookup seen", "outputlookup append=t owners",
  ]

  private static let closing = [
    "stats count dc(a) as d first(n) as f last(n) as l list(a) as i values(b) as v by a",
    "stats sum(n) as s median(n) as m range(n) as r latest(a) as t earliest(b) as e by b",
    "stats count by a b", "stats count by t", "stats avg(n) as a stdev(n) as sd var(n) as v by b",
    "stats count(eval(n>2)) as big values(eval(if(n>2, a, null()))) as who by b",
    "stats min(c) as lo max(b) as hi mode(b) as mo p90(n) as p sumsq(n) as q", "top 2 a by b",
    "rare limit=2 b", "top a b showperc=f", "stats count values(*) as *", "table a b n t",
    "top limit=1 useother=t a", "chart count over a by b", "chart sum(n) dc(t) by a, b usenull=f",
    "timechart span=1m count by a", "timechart span=30s max(n) count",
    "chart span=10 count by n, b",
    "stats count by a b | xyseries a b count",
    "stats count sum(n) as s by a | untable a what value",
    "stats stdevp(n) varp(n) exactperc50(n) by a, b",
  ]

  private static let closed = [
    "where count>1", "eventstats count as c", "head 2", "reverse", "dedup a", "stats count by a",
    "append [search b=x | stats count by a]", "sort -count a", "eval x=count+1", "fillnull",
    "streamstats sum(count) as run", "rename a as who", "fields - count", "fields a*", "table a* b",
    "mvexpand v", "stats values(*) as *", "join a [search * | stats avg(n) as mean by a]",
    "lookup owners a", "search count>1 OR a=x*", "search [inputlookup owners | fields a]",
    "appendpipe [stats count]", "stats list(a) as a by count",
  ]
}
