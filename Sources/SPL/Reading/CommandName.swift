/// The commands of Splunk by name.
enum CommandName {
  static let supported = ["search", "from", "spath", "mvexpand", "rename", "stats", "convert"]

  /// Real commands that are refused with a sentence of their own until they run.
  static let unsupported: Set<String> = [
    "abstract", "accum", "addcoltotals", "addinfo", "addtotals", "anomalies", "anomalousvalue",
    "anomalydetection", "append", "appendcols", "appendpipe", "apply", "arules", "associate",
    "audit",
    "autoregress", "bin", "bucket", "bucketdir", "chart", "cluster", "cofilter", "collect",
    "concurrency", "contingency", "correlate", "datamodel", "dbinspect", "dedup", "delete",
    "delta", "diff", "eval", "eventcount", "eventstats", "extract", "fieldformat", "fields",
    "fieldsummary", "filldown", "fillnull", "findtypes", "fit", "folderize", "foreach", "format",
    "fromjson",
    "gauge", "gentimes", "geom", "geostats", "head", "highlight", "history", "iconify",
    "inputcsv", "inputlookup", "iplocation", "join", "kmeans", "kv", "kvform", "loadjob",
    "localize", "localop", "lookup", "makecontinuous", "makemv", "makeresults", "map",
    "mcollect", "metadata", "metasearch", "mstats", "multikv", "multisearch", "mvcombine",
    "nomv", "outlier", "outputcsv", "outputlookup", "outputtext", "overlap", "pivot", "predict",
    "rangemap", "rare", "redistribute", "regex", "reltime", "replace", "require", "rest",
    "return", "reverse", "rex", "rtorder", "savedsearch", "script", "scrub", "searchtxn",
    "selfjoin", "sendalert", "sendemail", "set", "setfields", "sichart", "sirare", "sistats",
    "sitimechart", "sitop", "sort", "strcat", "streamstats", "table", "tags", "tail",
    "timechart", "timewrap", "tojson", "top", "transaction", "transpose", "trendline",
    "tscollect", "tstats", "typeahead", "typelearner", "typer", "union", "uniq", "untable",
    "walklex", "where", "x11", "xmlkv", "xmlunescape", "xpath", "xyseries",
  ]
}
