extension AggregateFunction {
  /// All but percentiles, by the name that canonical text has.
  static let named: [String: AggregateFunction] = [
    "count": .count, "dc": .distinctCount, "values": .values, "list": .list, "min": .min,
    "max": .max, "sum": .sum, "avg": .average, "sumsq": .sumOfSquares, "stdev": .deviation,
    "stdevp": .populationDeviation, "var": .variance, "varp": .populationVariance,
    "range": .range, "mode": .mode, "median": .median, "first": .first, "last": .last,
    "earliest": .earliest, "latest": .latest,
  ]

  private static let names: [AggregateFunction: String] = Dictionary(
    uniqueKeysWithValues: named.map { ($1, $0) })

  /// As Splunk names it: `dc`, `perc95`.
  package var name: String {
    if case .percentile(let percent) = self { return "perc" + NumberText.shortest(percent) }
    return Self.names[self] ?? ""
  }
}
