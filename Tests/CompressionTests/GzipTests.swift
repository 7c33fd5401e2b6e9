import Compression
import TestSupport
import Testing

@Suite("Gzip")
struct GzipTests {
  /// Text that compresses about as log records do.
  private static func text(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var bytes: [UInt8] = []
    while bytes.count < count {
      bytes += Array("{\"eventName\":\"Describe\(random.next() % 100_000)\"}\n".utf8)
    }
    return Array(bytes.prefix(count))
  }

  private static func inflate(_ bytes: [UInt8], limit: Int = 1 << 24) throws -> ([UInt8], Int) {
    let inflater = GzipInflater()
    return try bytes.withUnsafeBytes { bytes in
      let text = try inflater.inflate(bytes, limit: limit)
      return (Array(text.bytes), text.trailingBytes)
    }
  }

  private static func stream(_ bytes: [UInt8], cut: Int) throws -> ([UInt8], Int) {
    var rest = bytes[...]
    let stream = GzipStream { buffer in
      let piece = rest.prefix(min(cut, buffer.count))
      buffer.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
    var text: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1000, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = try stream.read(into: buffer)
      if count == 0 { return (text, stream.trailingBytes) }
      text += buffer.prefix(count)
    }
  }

  @Test func bothWaysGiveTheTextBack() throws {
    for size in [0, 1, 999, 1000, 1001, 300_000] {
      let text = Self.text(size, seed: UInt64(size))
      let gzip = Gzip.compressed(text)
      #expect(try Self.inflate(gzip).0 == text)
      for cut in [1, 7, 100_000] where cut > 1 || size < 2000 {
        #expect(try Self.stream(gzip, cut: cut).0 == text)
      }
    }
  }

  @Test func severalMembersAreOneText() throws {
    let texts = (0..<4).map { Self.text(5000, seed: $0) }
    let gzip = texts.flatMap { Gzip.compressed($0) }
    #expect(try Self.inflate(gzip).0 == Array(texts.joined()))
    for cut in [1, 2, 3, 5000] {
      #expect(try Self.stream(gzip, cut: cut).0 == Array(texts.joined()))
    }
  }

  @Test func bytesBehindTheLastMemberAreCountedAndPaddingIsNot() throws {
    let gzip = Gzip.compressed(Self.text(100, seed: 1))
    for junk in [[UInt8]("x".utf8), Array("junk".utf8), [0x1f]] {
      #expect(try Self.inflate(gzip + junk).1 == junk.count)
      for cut in [1, 3, 1000] { #expect(try Self.stream(gzip + junk, cut: cut).1 == junk.count) }
    }
    let padded = gzip + [UInt8](repeating: 0, count: 512)
    #expect(try Self.inflate(padded).1 == 0)
    #expect(try Self.stream(padded, cut: 100).1 == 0)
  }

  @Test func aCutFileIsToldFromADamagedOne() {
    let gzip = Gzip.compressed(Self.text(700, seed: 3))
    for length in 2..<gzip.count {
      #expect(throws: CompressionProblem.cutOff) { try Self.inflate(Array(gzip.prefix(length))) }
      #expect(throws: CompressionProblem.cutOff) {
        try Self.stream(Array(gzip.prefix(length)), cut: 64)
      }
    }
    var damaged = gzip
    damaged[damaged.count - 6] ^= 1
    #expect(throws: CompressionProblem.corrupt) { try Self.inflate(damaged) }
    #expect(throws: CompressionProblem.corrupt) { try Self.stream(damaged, cut: 64) }
    #expect(throws: CompressionProblem.notGzip) { try Self.inflate(Array("{}\n".utf8)) }
    #expect(throws: CompressionProblem.notGzip) { try Self.stream(Array("{}\n".utf8), cut: 1) }
  }

  @Test func aClaimedSizeIsAHintOnly() throws {
    let text = Self.text(400_000, seed: 4)
    // Two members: the trailer speaks of the second alone.
    let gzip = Gzip.compressed(text) + Gzip.compressed([0x41])
    #expect(try Self.inflate(gzip).0 == text + [0x41])
    #expect(throws: CompressionProblem.tooLarge(limit: 1000)) {
      try Self.inflate(gzip, limit: 1000)
    }
  }

  @Test func aBombIsRefusedInConstantMemory() {
    let gzip = Gzip.compressed([UInt8](repeating: 0x20, count: GzipStream.ratioFloor + 1_000_000))
    var rest = gzip[...]
    let stream = GzipStream { buffer in
      let piece = rest.prefix(buffer.count)
      buffer.copyBytes(from: piece)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
    let problem = #expect(throws: CompressionProblem.self) { try stream.verify() }
    guard case .bomb(let ratio) = problem else {
      Issue.record("expected a bomb, found \(String(describing: problem))")
      return
    }
    #expect(ratio > GzipStream.ratioLimit)
  }

  @Test func blobsComeBackAsTheyWere() throws {
    for size in [0, 1, 100, 100_000] {
      let bytes = Self.text(size, seed: 9)
      #expect(try Blob.inflated(Blob.deflated(bytes), size: size) == bytes)
    }
    let blob = Blob.deflated(Self.text(1000, seed: 1))
    #expect(blob.count < 500)
    #expect(throws: CompressionProblem.tooLarge(limit: 999)) { try Blob.inflated(blob, size: 999) }
    #expect(throws: CompressionProblem.corrupt) { try Blob.inflated(blob, size: 1001) }
    #expect(throws: CompressionProblem.self) {
      try Blob.inflated(Array(blob.dropLast(3)), size: 1000)
    }
  }
}
