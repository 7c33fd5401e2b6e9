import Diagnostics

extension Diagnostic {
  /// A stage that Spark cannot do as it is done here.
  static func refused(_ what: String, _ span: SourceSpan?, help: String? = nil) -> Diagnostic {
    Diagnostic(code: "not-for-spark", message: "found \(what)", span: span, help: help)
  }
}
