internal import CDeflate

/// Writes gzip files, such as the ones of a demonstration.
package enum Gzip {
  /// The bytes as one gzip member.
  package static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    guard let compressor = libdeflate_alloc_compressor(6) else {
      preconditionFailure("memory for a compressor should be there")
    }
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_gzip_compress_bound(compressor, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      count = bytes.withUnsafeBytes {
        libdeflate_gzip_compress(compressor, $0.baseAddress, $0.count, buffer.baseAddress, bound)
      }
      precondition(count > 0, "compressed bytes should fit their bound")
    }
  }
}
