import Events

extension [EventStage] {
  /// Stages that do the same with less work: chains that take a record's elements apart, and
  /// renamings one after the other, as one step each.
  var fused: [EventStage] {
    var fused: [EventStage] = []
    var index = 0
    while index < count {
      if index + 2 < count,
        let step = ElementsStep(self[index], self[index + 1], self[index + 2])
      {
        fused.append(.elements(step))
        index += 3
        continue
      }
      if case .rename(let later) = self[index], case .rename(let earlier)? = fused.last {
        fused[fused.count - 1] = .rename(earlier.followed(by: later))
      } else {
        fused.append(self[index])
      }
      index += 1
    }
    return fused
  }

  /// The renaming that lies on top of the fields of whatever comes out, where one does: only
  /// conditions follow it.
  var lastRenaming: RenameMap? {
    for stage in reversed() {
      switch stage {
      case .filter, .where, .within: continue
      case .rename(let map): return map
      default: return nil
      }
    }
    return nil
  }
}
