import CellGrid

/// Two hundred of the scalars of Unicode, each behind a bar in eight columns.
struct ScalarPage {
  let number: Int

  /// Every scalar that a table of ours could be wrong about, and some of each long run of others.
  private static let scalars: [Unicode.Scalar] = {
    let dense: [Range<UInt32>] = [
      0..<0x3400, 0xA000..<0xAC00, 0xD7A0..<0xD800, 0xE000..<0xE020, 0xF8F0..<0x1_1000,
      0x1_6F00..<0x1_7000, 0x1_AFF0..<0x1_B300, 0x1_BC00..<0x1_BCB0, 0x1_D000..<0x1_D200,
      0x1_F000..<0x1_FC00, 0xE_0000..<0xE_0200, 0x10_FFF0..<0x11_0000,
    ]
    let sparse = stride(from: UInt32(0x3400), to: 0x11_0000, by: 1021)
    return (dense.flatMap { Array($0) } + Array(sparse)).compactMap(Unicode.Scalar.init)
  }()

  func draw(in canvas: inout Canvas) {
    let first = number * 200
    guard first < Self.scalars.count else {
      canvas.put("no more scalars", x: 0, y: 0)
      return
    }
    canvas.put("page \(number) of scalars", x: 0, y: 0)
    for (index, scalar) in Self.scalars[first...].prefix(200).enumerated() {
      let (x, y) = (index % 10 * 8, 2 + index / 10)
      canvas.put("|a\(String(scalar))", x: x, y: y, width: 8)
    }
  }
}
