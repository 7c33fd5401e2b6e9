package import Compression
internal import Glibc

/// Why a file or directory could not be read.
package enum IngestProblem: Error, Equatable, Sendable {
  /// A system call failed, with its errno.
  case system(Int32)
  /// FIFO, socket, device: nothing that has an end.
  case notAFile
  /// A link that leads out of the root that it lies in.
  case outsideRoot
  /// Directories nested deeper than `FileTree.depthLimit`, or a loop of links.
  case tooDeep
  /// The file became shorter while it was read.
  case shrank
  case compression(CompressionProblem)

  /// What is behind a gzip that could not be read: the system, which may grant it the next time, or
  /// its bytes, which stay as they are.
  init(_ problem: CompressionProblem) {
    if case .unreadable(let number) = problem {
      self = .system(number)
    } else {
      self = .compression(problem)
    }
  }

  /// Whether the process or the system has no descriptors left: a reason to wait, no fault.
  var isShortageOfDescriptors: Bool { self == .system(EMFILE) || self == .system(ENFILE) }

  package var sentence: String {
    switch self {
    case .system(EACCES), .system(EPERM): "no permission to read it"
    case .system(ENOENT): "there is no such file or directory"
    case .system(let number): String(cString: strerror(number)).lowercased()
    case .notAFile: "found a pipe, socket or device where a file was expected"
    case .outsideRoot: "the link leads out of the followed directory"
    case .tooDeep: "directories are nested deeper than \(FileTree.depthLimit)"
    case .shrank: "the file became shorter while it was read"
    case .compression(let problem): problem.sentence
    }
  }
}
