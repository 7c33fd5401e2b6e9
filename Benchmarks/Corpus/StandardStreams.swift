import Glibc

enum StandardStreams {
  static func complain(_ text: String) {
    var text = text
    // Nobody is left to be told that standard error is gone.
    _ = text.withUTF8 { Glibc.write(2, $0.baseAddress, $0.count) }
  }

  static func leave(_ status: CInt) -> Never { exit(status) }
}
