/// The commands of Splunk by name.
enum CommandName {
  static let supported = [
    "addinfo", "anomalydetection", "append", "appendpipe", "bin", "bucket", "chart", "convert",
    "datamodel", "dedup", "eval", "eventstats", "fields", "fillnull", "from", "head",
    "inputlookup", "iplocation", "join", "lookup", "makemv", "makeresults", "mvcombine",
    "mvexpand", "nomv", "outputlookup", "rare", "regex", "rename", "reverse", "rex", "search",
    "sort", "spath", "stats", "streamstats", "table", "tail", "top", "transaction", "tstats",
    "where",
  ]

  /// Left out, each for a reason that a sentence can end with.
  static let refused = [
    "collect": "what a rule raises is kept already, other indexes are not written",
    "delete": "records are never deleted",
    "foreach": "which fields its commands are for is known only when rows come",
    "map": "it runs a search for each row of another",
    "multisearch": "a rule reads one source, 'append [search ...]' adds another",
    "outputcsv": "files are written by 'watchfloor search --format csv'",
    "rest": "there is no server to ask",
    "script": "programs are not run",
    "sendalert": "nothing is sent anywhere",
    "sendemail": "nothing is sent anywhere",
    "union": "a rule reads one source, 'append [search ...]' adds another",
  ]

  /// Real commands that are refused with a sentence of their own until they run.
  static let unsupported: Set<String> = [
    "abstract", "accum", "addcoltotals", "addtotals", "anomalies", "anomalousvalue",
    "appendcols", "apply", "arules", "associate", "audit", "autoregress", "bucketdir",
    "cluster", "cofilter", "concurrency", "contingency", "correlate", "dbinspect", "delta",
    "diff", "eventcount", "extract", "fieldformat", "fieldsummary", "filldown", "findtypes",
    "fit", "folderize", "format", "fromjson", "gauge", "gentimes", "geom", "geostats",
    "highlight", "history", "iconify", "inputcsv", "kmeans", "kv", "kvform", "loadjob",
    "localize", "localop", "makecontinuous", "mcollect", "metadata", "metasearch", "mstats",
    "multikv", "outlier", "outputtext", "overlap", "pivot", "predict", "rangemap",
    "redistribute", "reltime", "replace", "require", "return", "rtorder", "savedsearch",
    "scrub", "searchtxn", "selfjoin", "set", "setfields", "sichart", "sirare", "sistats",
    "sitimechart", "sitop", "strcat", "tags", "timechart", "timewrap", "tojson", "transpose",
    "trendline", "tscollect", "typeahead", "typelearner", "typer", "uniq", "untable",
    "walklex", "x11", "xmlkv", "xmlunescape", "xpath", "xyseries",
  ]
}
