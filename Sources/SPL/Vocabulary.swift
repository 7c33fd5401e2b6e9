extension SearchCompiler {
  /// The commands that run, for completion.
  package static var commandNames: [String] { CommandName.supported }

  /// The functions of `stats`, for completion.
  package static var aggregateNames: [String] { AggregateName.supported }
}
