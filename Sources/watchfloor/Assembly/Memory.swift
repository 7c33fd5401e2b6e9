import CFiles

/// How the C library keeps memory for a program that runs all shift.
enum Memory {
  /// Lets threads share two pools in place of eight a core: what one has freed is then used by the
  /// others.
  static func sharePools() { cf_share_pools(2) }
}
