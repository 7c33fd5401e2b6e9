import SafeText

extension Unicode.Scalar {
  /// Whether a terminal can be given it: no control, no bidirectional mark, nothing invisible.
  var isShownAsItself: Bool {
    if isASCII { return value >= 0x20 && value < 0x7F }
    let text = "a\(self)"  // a combining mark needs a letter to stand on
    return SafeText.visible(text) == text
  }
}
