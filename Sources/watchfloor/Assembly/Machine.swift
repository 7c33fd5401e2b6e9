import Glibc

/// What the machine has to offer.
enum Machine {
  /// Processors that are there for us: as many threads read and write at once.
  static let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
