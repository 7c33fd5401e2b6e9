internal import Compression
internal import Digest
internal import JSON

/// Reads files for one reader thread: its buffers, its framers, its sink.
final class FileReader {
  /// Inflated texts up to this size are held in memory as a whole.
  static let smallText = 8 << 20

  let output: UnitOutput
  let files: any FileSystem
  let known: KnownContents
  private let framing: Framing
  private let window = Window()
  private let line = Window()
  private let inflater = GzipInflater()
  /// Files up to this size are read in one piece.
  static let smallFile = 1 << 20
  private var loaded = UnsafeMutableRawBufferPointer.allocate(
    byteCount: smallFile + Prefilter.readAhead, alignment: 16)

  init(
    _ reading: Reading, number: Int, files: any FileSystem,
    known: KnownContents = KnownContents([:])
  ) {
    self.known = known
    self.files = files
    framing = reading.framing
    output = UnitOutput(sink: reading.sink(number), prefilter: reading.prefilter)
  }

  deinit { loaded.deallocate() }

  /// Whether a file's content is gzip; its name is not asked.
  func isGzip(_ file: any OpenFile) throws(IngestProblem) -> Bool {
    try file.bytes(at: 0, count: 2) == [0x1f, 0x8b]
  }

  /// How a file's text is to be read from a place on.
  func kind(of file: any OpenFile, at offset: Int64) throws(IngestProblem) -> TextKind {
    for count in [32 << 10, Sniffer.limit] {
      let head = try file.bytes(at: offset, count: count)
      let isLimited = head.count == count
      let kind = head.withUnsafeBytes {
        Sniffer.kind($0, isLimited: isLimited && count == Sniffer.limit, framing: framing)
      }
      // A short look is enough unless it ended inside the first value.
      if kind != .undecided || !isLimited { return kind }
    }
    return .lines
  }

  /// Frames a gzip file, which is checked as a whole first, and says how its text ended.
  ///
  /// `settled` is called now and then where the text is lines, and stops it with false.
  func frameGzip(
    _ file: any OpenFile, size: Int64, settled: () -> Bool = { true }
  ) throws(IngestProblem) -> DocumentFramer.Ending {
    defer { window.close() }
    let trailing = try openGzip(file, size: size)
    let ending = try frameWindow(settled)
    if trailing > 0 { output.bad(.trailingBytes(trailing), at: window.offset(of: window.end)) }
    return ending
  }

  /// Frames a gzip file whose bytes are at hand.
  func frameGzip(
    _ bytes: UnsafeRawBufferPointer, of file: any OpenFile
  ) throws(IngestProblem) -> DocumentFramer.Ending {
    defer { window.close() }
    let trailing: Int
    do throws(CompressionProblem) {
      let text = try inflater.inflate(bytes, limit: Self.smallText)
      window.borrow(text.bytes, at: 0)
      trailing = text.trailingBytes
    } catch {
      guard case .tooLarge = error else { throw IngestProblem(error) }
      return try frameGzip(file, size: .max)
    }
    let ending = try frameWindow { true }
    if trailing > 0 { output.bad(.trailingBytes(trailing), at: window.offset(of: window.end)) }
    return ending
  }

  /// Frames a text that is at hand, with bytes behind it that can be read.
  func frameText(
    _ bytes: UnsafeRawBufferPointer
  ) throws(IngestProblem) -> DocumentFramer.Ending {
    defer { window.close() }
    window.borrow(bytes, at: 0)
    return try frameWindow { true }
  }

  /// All of a file of so many bytes in one piece; nil where it is longer than that holds, or is no
  /// longer that long.
  func loadSmall(
    _ file: any OpenFile, size: Int64
  ) throws(IngestProblem) -> UnsafeRawBufferPointer? {
    guard size <= Self.smallFile else { return nil }
    // One byte more tells whether it has grown.
    let room = UnsafeMutableRawBufferPointer(rebasing: loaded[...Self.smallFile])
    let count = try file.read(into: room, at: 0)
    return count == size ? UnsafeRawBufferPointer(rebasing: room[..<count]) : nil
  }

  /// Frames a document from a place on.
  func frameDocument(
    _ file: any OpenFile, at offset: Int64
  ) throws(IngestProblem)
    -> DocumentFramer.Ending
  {
    defer { window.close() }
    window.open(FileSource(file, at: offset), at: offset)
    var framer = DocumentFramer(window, framing: framing, output: output)
    return try framer.run()
  }

  /// What becomes of the bytes behind the last line feed.
  enum Tail { case leave, takeIfWhole, finish }

  /// Frames lines from a place on: where the next read begins, and whether a tail was left.
  ///
  /// Lines that begin at `limit` or later are not taken. `settled` is called behind each block of
  /// lines, and stops it with false.
  func frameLines(
    _ file: any OpenFile, at offset: Int64, place: LinePlace = .start, until limit: Int64 = .max,
    tail: Tail, settled: (Int64, LinePlace) -> Bool
  ) throws(IngestProblem) -> (offset: Int64, place: LinePlace, hasTail: Bool) {
    defer { window.close() }
    window.open(FileSource(file, at: offset), at: offset)
    var framer = LineFramer(window, line: line, framing: framing, output: output, place: place)
    let isAtEnd = try framer.run(until: limit, settled: settled)
    switch isAtEnd ? tail : .leave {
    case .leave: break
    case .takeIfWhole:
      if framer.takeWholeTail() { _ = settled(window.offset(of: window.cursor), framer.place) }
    case .finish: framer.finish()
    }
    return (window.offset(of: window.cursor), framer.place, window.cursor < window.end)
  }

  /// Whether the bytes that were just taken still lie in the file before that place.
  func isStillThere(_ file: any OpenFile, before offset: Int64) throws(IngestProblem) -> Bool {
    let end = min(window.cursor, window.end)
    let taken = window.bytes[max(0, end - Int(ReadMark.blockLimit))..<end]
    let there = try file.bytes(at: offset - Int64(taken.count), count: taken.count)
    return there.elementsEqual(taken)
  }

  /// The SHA-256 of a whole file.
  func content(of file: any OpenFile) throws(IngestProblem) -> [UInt8] {
    var hash = Digest.ContentHash()
    var offset: Int64 = 0
    while true {
      let count = try file.read(into: loaded, at: offset)
      if count == 0 { return hash.digest() }
      hash.update(UnsafeRawBufferPointer(rebasing: loaded[..<count]))
      offset += Int64(count)
    }
  }

  /// Brings a gzip file's text into the window: bytes behind its last member.
  private func openGzip(_ file: any OpenFile, size: Int64) throws(IngestProblem) -> Int {
    if size <= Self.smallText {
      do throws(CompressionProblem) {
        let text = try inflater.inflate(try load(file, size: Int(size)), limit: Self.smallText)
        window.borrow(text.bytes, at: 0)
        return text.trailingBytes
      } catch {
        guard case .tooLarge = error else { throw IngestProblem(error) }
      }
    }
    let trailing = try GzipSource.verify(file)
    window.open(GzipSource(file), at: 0)
    return trailing
  }

  private func load(
    _ file: any OpenFile, size: Int
  ) throws(CompressionProblem)
    -> UnsafeRawBufferPointer
  {
    if size > loaded.count {
      loaded.deallocate()
      loaded = .allocate(byteCount: size, alignment: 16)
    }
    do throws(IngestProblem) {
      let count = try file.readFully(
        into: UnsafeMutableRawBufferPointer(rebasing: loaded[..<size]), at: 0)
      return UnsafeRawBufferPointer(rebasing: loaded[..<count])
    } catch .system(let number) {
      throw .unreadable(number)
    } catch {
      throw .cutOff
    }
  }

  /// Frames the whole text in the window, of whatever kind it is.
  private func frameWindow(_ settled: () -> Bool) throws(IngestProblem) -> DocumentFramer.Ending {
    while window.end < 32 << 10, try window.refill() {}
    let head = UnsafeRawBufferPointer(rebasing: window.bytes.prefix(Sniffer.limit))
    if Sniffer.kind(head, isLimited: true, framing: framing) == .document {
      var framer = DocumentFramer(window, framing: framing, output: output)
      return try framer.run()
    }
    var framer = LineFramer(window, line: line, framing: framing, output: output)
    if try framer.run(settled: { _, _ in settled() }) { framer.finish() }
    return .whole
  }
}
