internal import Compression
internal import Glibc

/// The inflated text of a gzip file of any size.
final class GzipSource: ByteSource {
  private let stream: GzipStream

  init(_ file: any OpenFile) {
    var offset: Int64 = 0
    stream = GzipStream { buffer in
      do throws(IngestProblem) {
        let count = try file.read(into: buffer, at: offset)
        offset += Int64(count)
        return count
      } catch .system(let number) {
        return -Int(number)
      } catch {
        return -Int(EIO)
      }
    }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IngestProblem) -> Int {
    do throws(CompressionProblem) {
      return try stream.read(into: buffer)
    } catch {
      throw IngestProblem(error)
    }
  }

  /// Reads to the end, so that nothing of a damaged file is taken: bytes after the last member.
  static func verify(_ file: any OpenFile) throws(IngestProblem) -> Int {
    let source = GzipSource(file)
    do throws(CompressionProblem) {
      try source.stream.verify()
    } catch {
      throw IngestProblem(error)
    }
    return source.stream.trailingBytes
  }
}
