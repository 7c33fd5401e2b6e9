import Foundation

/// Runs `body` with the path of a state that is not there yet, in a directory removed afterwards.
func withDirectory(_ body: (String) throws -> Void) throws {
  let parent = FileManager.default.temporaryDirectory
    .appending(path: "storage-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
  defer {
    // What stays behind is the system's to clean; the test has said what it found.
    try? FileManager.default.removeItem(at: parent)
  }
  try body(parent.appending(path: "state").path)
}

/// The permission bits of a file.
func mode(_ path: String) throws -> Int {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
}
