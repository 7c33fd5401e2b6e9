/// The colours 16 to 255 of a 256-colour terminal: a cube of six by six by six, and 24 greys.
///
/// The first sixteen are whatever the user has made of them, and never used here.
nonisolated enum Palette256 {
  static let first = 16

  static let colours: [RGB] = {
    let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
    var colours: [RGB] = []
    for red in steps {
      for green in steps {
        for blue in steps { colours.append(RGB(red: red, green: green, blue: blue)) }
      }
    }
    for step in 0..<24 {
      let grey = UInt8(8 + 10 * step)
      colours.append(RGB(red: grey, green: grey, blue: grey))
    }
    return colours
  }()

  static func colour(_ number: Int) -> RGB { colours[number - first] }

  /// The number of the colour nearest to `wanted`, among those that can be read on `ground`.
  static func nearest(to wanted: RGB, on ground: RGB? = nil, ratio: Double = 1) -> Int {
    var best = (number: first, distance: Int.max)
    for (index, colour) in colours.enumerated() {
      if let ground, colour.contrast(with: ground) < ratio { continue }
      let distance = distance(colour, wanted)
      if distance < best.distance { best = (first + index, distance) }
    }
    return best.number
  }

  /// How far apart two colours look: squares of differences, green weighing most.
  private static func distance(_ one: RGB, _ two: RGB) -> Int {
    let red = Int(one.red) - Int(two.red)
    let green = Int(one.green) - Int(two.green)
    let blue = Int(one.blue) - Int(two.blue)
    return 2 * red * red + 4 * green * green + 3 * blue * blue
  }
}
