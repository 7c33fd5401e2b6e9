import Events

extension Text {
  /// The first characters of a JSON text, cut back to whole values and closed again.
  func jsonPrefix(_ characters: Int) -> Text {
    let scalars = string.unicodeScalars
    guard
      let end = scalars.index(
        scalars.startIndex, offsetBy: characters, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return self }
    let bytes = Array(string.utf8[..<end])
    var closers: [UInt8] = []
    var whole: (length: Int, closers: [UInt8])?
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: "{"): closers.append(UInt8(ascii: "}"))
      case UInt8(ascii: "["): closers.append(UInt8(ascii: "]"))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        _ = closers.popLast()
        whole = (index + 1, closers)
      case UInt8(ascii: ","): whole = (index, closers)
      default: break
      }
      index += 1
    }
    guard let whole else { return Text("") }
    return Text(utf8: bytes[..<whole.length] + whole.closers.reversed())
  }
}
