import DetectionEngine
import Detections
import Diagnostics
import Events
import Findings
import Storage

/// Runs a rule over the same records in several ways: rows, ids and risk must not depend on it.
struct Rehearsal {
  let rule: Rule
  let techniques: Techniques

  /// What all ways must agree on.
  private struct Result: Equatable {
    var rows: [RowID: ResultRow] = [:]
    var risk: [RiskEventID: RiskEvent] = [:]

    mutating func take(_ changes: Changes) {
      for id in changes.withdrawn {
        rows[id] = nil
        risk = risk.filter { $0.value.row != id }
      }
      let changed = Set(changes.rows.map(\.id))
      risk = risk.filter { !changed.contains($0.value.row) }
      for row in changes.rows { rows[row.id] = row }
      for event in changes.riskEvents { risk[event.id] = event }
    }
  }

  /// The way whose rows differ from those of one batch; nil where all agree.
  func complaint(about records: [TestRecord]) throws -> String? {
    let engineRule: EngineRule
    do throws(Problems) {
      engineRule = try EngineRule(rule)
    } catch {
      return nil  // what only an ad-hoc run can answer has no other way to come
    }
    let batch = try result(of: records, each: max(1, records.count), engineRule)
    if try result(of: records, each: 1, engineRule) != batch {
      return "record by record the rows are others than in one batch"
    }
    var shuffled = records + records
    shuffled.shuffle(seed: 1)
    if try result(of: shuffled, each: 3, engineRule) != batch {
      return "in another order, each record twice, the rows are others than in one batch"
    }
    return nil
  }

  private func result(
    of records: [TestRecord], each size: Int, _ engineRule: EngineRule
  ) throws -> Result {
    let rules = RuleSet([engineRule])
    var engine = Engine(rules, ledger: try Store.temporary(), techniques: techniques)
    var result = Result()
    let now = records.compactMap(\.event.time).max() ?? Timestamp(seconds: 0)
    for start in stride(from: 0, to: records.count, by: size) {
      var batch = RowBatch()
      for record in records[start..<min(start + size, records.count)] {
        rules.evaluate(
          record.event, from: record.origin, identity: { record.identity }, raw: { record.raw },
          into: &batch)
      }
      result.take(try engine.apply(batch, now: now))
    }
    let later = now + 2 * Window.length
    while let evaluated = try engine.evaluateWindow(now: later) { result.take(evaluated) }
    return result
  }
}

extension Array {
  /// The same order for the same seed.
  fileprivate mutating func shuffle(seed: UInt64) {
    var state = seed
    for index in indices.reversed().dropLast() {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      swapAt(index, Int((state >> 33) % UInt64(index + 1)))
    }
  }
}
