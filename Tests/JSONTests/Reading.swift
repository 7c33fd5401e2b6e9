import JSON

/// The value that a text is.
func value(_ text: String) throws -> JSONValue { try JSONDocument(Array(text.utf8)).root }

/// The problem of a text that is no JSON; nil where it is.
func problem(_ bytes: some Collection<UInt8>, depthLimit: Int = 64) -> JSONProblem? {
  do {
    _ = try JSONDocument(Array(bytes), depthLimit: depthLimit)
    return nil
  } catch {
    return error
  }
}

func canonical(_ text: String) throws -> String {
  String(decoding: try value(text).canonicalBytes, as: UTF8.self)
}

extension JSONValue {
  var raw: String { String(decoding: rawBytes, as: UTF8.self) }
}
