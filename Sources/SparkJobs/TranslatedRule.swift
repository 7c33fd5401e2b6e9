import Detections
import Diagnostics
import Events
import SPL
import Streaming

/// One rule as Python: its stages as two functions, and what the job has to know of it.
struct TranslatedRule {
  let name: String
  /// The functions, each stage under the SPL that it stands for.
  let text: String
  /// `Rule(...)`.
  let object: PythonCode
  /// Fields of a record that it reads.
  let fields: Set<String>

  init(_ source: SparkRule, number: Int, exact: Bool) throws(Problems) {
    let rule = source.rule
    let outline = source.plan.outline
    var problems = Self.problems(of: source)
    let base = outline.eventStages.prefix(while: \.isSearch)
    let perEvent = outline.eventStages.dropFirst(base.count)
    let perWindow = outline.windowStages
    let sample = source.sample
    var translator = Translator(exact: exact)
    let needed = Mentions(Array(perEvent) + perWindow).names.union(sample)
    translator.leaves = needed.subtracting(["_time", "_raw"]).sorted()
    let conditions = base.flatMap { translator.calls($0) }.compactMap(\.onlyArgument)
    let event = Self.function("per_event_\(number)", Array(perEvent), &translator)
    let window = Self.function(
      "per_window_\(number)", perWindow, &translator,
      reducing: outline.reducing == nil
        ? nil : Self.nulls(rule.sidecar, exact: exact, by: outline.reducing?.by ?? []))
    problems += translator.problems
    guard problems.isEmpty else { throw Problems(problems) }
    name = rule.name
    let title = "# \(rule.name)\n#\n" + base.map { "#   \($0.command.canonicalText)\n" }.joined()
    text = title + event + "\n\n" + window
    let kept = Mentions(perWindow).names.union(
      outline.reducing == nil ? source.plan.columns.map(\.string) : [])
    fields = Mentions(outline.eventStages + perWindow).names
      .union(source.fieldsOfRecord).union(kept)
      .union(sample.filter { !$0.contains("[") }).filter { !$0.isEmpty }
    object = .call(
      "Rule",
      [
        .named("id", .text(rule.detection.id)), .named("name", .text(rule.name)),
        .named("plan", .text(source.planHash)),
        .named("needles", .texts(source.needles ?? [])),
        .named(
          "base",
          conditions.isEmpty
            ? .call("everything", [])
            : conditions.count == 1 ? conditions[0] : .call("all_of", conditions)),
        .named("per_event", .atom("per_event_\(number)")),
        .named("per_window", .atom("per_window_\(number)")),
        .named("keeps", .texts(kept.sorted())),
        .named("columns", .texts(source.plan.columns.map(\.string))),
        .named("groups", .atom(outline.reducing == nil ? "False" : "True")),
        .named("sample", .texts(sample)), .named("of_record", .texts(source.fieldsOfRecord)),
      ])
  }

  private static func problems(of source: SparkRule) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if source.plan.source != .records {
      problems.append(
        source.problem("a search over what watchfloor finds, expected one over records"))
    }
    let local = Mentions(source.rule.search.stages).names.filter { $0.hasPrefix("local_") }
    if !local.isEmpty, !source.rule.tables.zone.isEmpty {
      problems.append(source.problem("'\(local.sorted()[0])', which goes by this machine's zone"))
    }
    return problems
  }

  /// What becomes of null BY values.
  private static func nulls(
    _ sidecar: Sidecar, exact: Bool, by: [String]
  ) -> [PythonCode] {
    guard !exact else { return [] }
    var options: [PythonCode] = []
    let keeps = sidecar.keepNull.intersection(by).sorted()
    if !keeps.isEmpty { options.append(.named("keep_null", .texts(keeps))) }
    let derives = sidecar.derive.filter { by.contains($0.key) }.sorted { $0.key < $1.key }
    if !derives.isEmpty {
      let pairs = derives.map { name, sources -> PythonCode in
        let list = sources.map { source -> PythonCode in
          .tuple([
            .text(source), .text(PlanSettings.mark(of: Text(name), from: Text(source)).string),
          ])
        }
        return .tuple([.text(name), .list(list)])
      }
      options.append(.named("derive", .call("dict", [.list(pairs)])))
    }
    return options
  }

  /// A function of rows that goes through some stages.
  private static func function(
    _ name: String, _ stages: [Stage], _ translator: inout Translator,
    reducing: [PythonCode]? = nil
  ) -> String {
    var text = "def \(name)(rows):\n"
    var nulls = reducing
    for stage in stages {
      var calls = translator.calls(stage)
      if let options = nulls, case .call(let name, let parts)? = calls.first, name == "stats" {
        calls[0] = .call(name, parts + options)
        nulls = nil
      }
      text += "    # | \(stage.command.canonicalText)\n"
      for call in calls {
        let start = "    rows = rows."
        text += start + call.laidOut(indent: 4, after: start.count) + "\n"
      }
    }
    return text + "    return rows\n"
  }
}

extension Stage {
  fileprivate var isSearch: Bool {
    if case .search = command { true } else { false }
  }
}

extension PythonCode {
  /// The condition of `search(...)`.
  fileprivate var onlyArgument: PythonCode? {
    if case .call(_, let parts) = self { parts.first } else { nil }
  }
}

extension PlanOutline {
  /// From the `stats` on whose groups are kept, or from what looks at several events.
  fileprivate var windowStages: [Stage] {
    guard let reducing else { return rowStages }
    return [Stage(.stats(reducing), span: reducingSpan)] + rowStages
  }
}
