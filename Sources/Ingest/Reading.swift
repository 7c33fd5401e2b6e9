/// What every reader needs: how to cut text, what to pass over, whom to tell.
package struct Reading: Sendable {
  package var framing: Framing
  package var prefilter: Prefilter
  /// How many reader threads.
  package var readers: Int
  /// Makes the sink of a reader, on its thread.
  package var sink: @Sendable (_ reader: Int) -> any RecordSink

  package init(
    framing: Framing, prefilter: Prefilter, readers: Int = 2,
    sink: @escaping @Sendable (_ reader: Int) -> any RecordSink
  ) {
    self.framing = framing
    self.prefilter = prefilter
    self.readers = max(1, readers)
    self.sink = sink
  }
}
