/// The commands of Splunk by name.
enum CommandName {
  static let supported = [
    "addinfo", "anomalydetection", "append", "appendpipe", "bin", "bucket", "chart", "convert",
    "datamodel", "dedup", "eval", "eventstats", "fields", "fillnull", "from", "head",
    "inputlookup", "iplocation", "join", "lookup", "makemv", "makeresults", "mvcombine",
    "mvexpand", "nomv", "outputlookup", "rare", "regex", "rename", "reverse", "rex", "search",
    "sort", "spath", "stats", "streamstats", "table", "tail", "timechart", "top",
    "transaction", "tstats", "union", "untable", "where", "xyseries",
  ]

  /// Left out, each for a reason that a sentence can end with.
  static let refused = [
    "collect": "what a rule raises is kept already, other indexes are not written",
    "delete": "records are never deleted",
    "foreach": "which fields its commands are for is known only when rows come",
    "map": "it runs a search for each row of another",
    "format": "it makes conditions of the rows of a subsearch, so without options it can end one",
    "multisearch": "it begins a search; 'union [search ...]' adds rows to others",
    "outputcsv": "files are written by 'watchfloor search --format csv'",
    "return": "it hands rows of a subsearch to the search around it, so it can only end one",
    "rest": "there is no server to ask",
    "script": "programs are not run",
    "sendalert": "nothing is sent anywhere",
    "sendemail": "nothing is sent anywhere",
  ]

  /// What does the same as a command that does not run.
  static let instead = [
    "accum": "streamstats sum(x) as total",
    "addcoltotals": "appendpipe [stats sum(count) as count]",
    "addtotals": "eval total=a+b",
    "anomalies": "eventstats avg(count) as mean stdev(count) as dev | where count > mean + 3 * dev",
    "appendcols": "join type=left user [search ... | stats count by user]",
    "autoregress": "streamstats current=f window=1 last(x) as before",
    "delta": "streamstats current=f window=1 last(x) as before | eval delta=x-before",
    "extract": "rex field=_raw \"key=(?<key>\\S+)\"",
    "fieldformat": "eval shown=tostring(bytes, \"commas\")",
    "filldown": "streamstats last(user) as user",
    "foreach": "eval a=lower(a), b=lower(b)",
    "kv": "rex field=_raw \"key=(?<key>\\S+)\"",
    "format": "search [search eventName=CreateUser | fields user | format]",
    "map": "search [search eventName=CreateUser | fields user]",
    "outlier": "eventstats p99(x) as most | where x <= most",
    "multisearch": "union [search eventName=CreateUser]",
    "rangemap": "eval range=case(x < 10, \"low\", x < 100, \"elevated\", true(), \"severe\")",
    "replace": "eval user=replace(user, \"^AWS:\", \"\")",
    "reltime": "eval age=tostring(now() - _time, \"duration\")",
    "return": "search [search eventName=CreateUser | return 100 user]",
    "strcat": "eval both=user.\"-\".src",
    "tags": "lookup owners.csv repository OUTPUT owner",
    "uniq": "dedup user src consecutive=true",
    "xmlkv": "rex max_match=0 \"<(?<name>\\w+)>\"",
  ]

  /// Real commands that are refused with a sentence of their own until they run.
  static let unsupported: Set<String> = [
    "abstract", "accum", "addcoltotals", "addtotals", "anomalies", "anomalousvalue",
    "appendcols", "apply", "arules", "associate", "audit", "autoregress", "bucketdir",
    "cluster", "cofilter", "concurrency", "contingency", "correlate", "dbinspect", "delta",
    "diff", "eventcount", "extract", "fieldformat", "fieldsummary", "filldown", "findtypes",
    "fit", "folderize", "fromjson", "gauge", "gentimes", "geom", "geostats",
    "highlight", "history", "iconify", "inputcsv", "kmeans", "kv", "kvform", "loadjob",
    "localize", "localop", "makecontinuous", "mcollect", "metadata", "metasearch", "mstats",
    "multikv", "outlier", "outputtext", "overlap", "pivot", "predict", "rangemap",
    "redistribute", "reltime", "replace", "require", "rtorder", "savedsearch",
    "scrub", "searchtxn", "selfjoin", "set", "setfields", "sichart", "sirare", "sistats",
    "sitimechart", "sitop", "strcat", "tags", "timewrap", "tojson", "transpose",
    "trendline", "tscollect", "typeahead", "typelearner", "typer", "uniq", "walklex", "x11",
    "xmlkv", "xmlunescape", "xpath",
  ]
}
