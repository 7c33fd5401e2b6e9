internal import CDeflate

/// Small values for the store, compressed (zlib format: it carries a checksum).
package enum Blob {
  /// The bytes, compressed; never fails.
  package static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    // Level 6 needs a compressor of its own on each call; records are few and small.
    guard let compressor = libdeflate_alloc_compressor(6) else {
      preconditionFailure("memory for a compressor should be there")
    }
    defer { libdeflate_free_compressor(compressor) }
    let bound = libdeflate_zlib_compress_bound(compressor, bytes.count)
    return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      count = bytes.withUnsafeBytes {
        libdeflate_zlib_compress(compressor, $0.baseAddress, $0.count, buffer.baseAddress, bound)
      }
      precondition(count > 0, "compressed bytes should fit their bound")
    }
  }

  /// What `deflated` was given; `size` is how many bytes those were.
  package static func inflated(
    _ bytes: [UInt8], size: Int
  ) throws(CompressionProblem)
    -> [UInt8]
  {
    guard let decompressor = libdeflate_alloc_decompressor() else {
      preconditionFailure("memory for a decompressor should be there")
    }
    defer { libdeflate_free_decompressor(decompressor) }
    var result = LIBDEFLATE_BAD_DATA
    // One byte more than needed, since an empty value has no address of its own.
    let inflated = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      var actual = 0
      result = bytes.withUnsafeBytes {
        libdeflate_zlib_decompress(
          decompressor, $0.baseAddress, $0.count, buffer.baseAddress, size, &actual)
      }
      count = result == LIBDEFLATE_SUCCESS ? actual : 0
    }
    switch result {
    case LIBDEFLATE_SUCCESS where inflated.count == size: return inflated
    case LIBDEFLATE_INSUFFICIENT_SPACE: throw .tooLarge(limit: size)
    default: throw .corrupt
    }
  }
}
