internal import Findings

/// A filter as a blob: a tag, then its parts.
enum FilterBlob {
  static func write(_ filter: Filter, to blob: inout BlobWriter) {
    switch filter {
    case .everything: blob.number(0)
    case .and(let parts): write(1, parts, to: &blob)
    case .or(let parts): write(2, parts, to: &blob)
    case .not(let part): write(3, [part], to: &blob)
    case .matches(let field, let pattern):
      blob.number(4)
      blob.text(field.rawValue)
      blob.text(pattern)
    case .compares(let field, let comparison, let number):
      blob.number(5)
      blob.text(field.rawValue)
      blob.text(comparison.rawValue)
      blob.number(number.bitPattern)
    case .contains(let text):
      blob.number(6)
      blob.text(text)
    }
  }

  private static func write(_ tag: UInt64, _ parts: [Filter], to blob: inout BlobWriter) {
    blob.number(tag)
    blob.count(parts.count)
    for part in parts { write(part, to: &blob) }
  }

  static func read(_ blob: inout BlobReader, depth: Int = 0) throws -> Filter {
    guard depth < 64 else { throw BlobReader.damage("nesting") }
    func parts() throws -> [Filter] {
      try (0..<blob.count()).map { _ in try read(&blob, depth: depth + 1) }
    }
    switch try blob.number() {
    case 0: return .everything
    case 1: return .and(try parts())
    case 2: return .or(try parts())
    case 3:
      guard let part = try parts().first else { throw BlobReader.damage("filter") }
      return .not(part)
    case 4: return .matches(try field(&blob), pattern: try blob.text())
    case 5:
      let field = try field(&blob)
      guard let comparison = FilterComparison(rawValue: try blob.text()) else {
        throw BlobReader.damage("filter")
      }
      return .compares(field, comparison, number: Double(bitPattern: try blob.number()))
    case 6: return .contains(try blob.text())
    default: throw BlobReader.damage("filter")
    }
  }

  private static func field(_ blob: inout BlobReader) throws -> FilterField {
    guard let field = FilterField(rawValue: try blob.text()) else {
      throw BlobReader.damage("filter")
    }
    return field
  }
}
