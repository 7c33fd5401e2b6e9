import Detections
import Foundation

extension ZoneChange {
  /// How the clocks of a zone go from 2006, when AWS began, to 2060; nil where there is no zone of
  /// that name.
  static func all(in name: String) -> [ZoneChange]? {
    guard let zone = TimeZone(identifier: name) else { return nil }
    var moment = Date(timeIntervalSince1970: 1_136_073_600)
    let end = Date(timeIntervalSince1970: 2_840_140_800)
    var changes = [ZoneChange(from: .min, offset: Int64(zone.secondsFromGMT(for: moment)))]
    while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end,
      next > moment
    {
      moment = next
      changes.append(
        ZoneChange(
          from: Int64(next.timeIntervalSince1970),
          offset: Int64(zone.secondsFromGMT(for: next))))
    }
    return changes
  }
}
