import Events
import SPL

extension Functions {
  /// Functions of times whose format is computed, and `relative_time`; nil for others.
  static func time(_ function: EvalFunction, _ arguments: [Datum]) -> Datum? {
    switch function {
    case .strftime:
      guard let seconds = arguments[0].number, let format = arguments[1].text else { return .null }
      return .value(Strftime(format.string).string(from: seconds).map(Value.string) ?? .null)
    case .strptime:
      guard let text = arguments[0].text, let format = arguments[1].text else { return .null }
      return Strptime(format.string).seconds(of: text).map { .value(.number($0)) } ?? .null
    case .relativeTime:
      guard let seconds = arguments[0].number, let written = arguments[1].text,
        let whole = Int64(exactly: seconds.double.rounded(.down)),
        let relative = RelativeTime(written.string)
      else { return .null }
      let moment = relative.applied(to: Timestamp(seconds: whole))
      return .value(.number(.whole(moment.seconds)))
    default: return nil
    }
  }
}
