import CellGrid
import SafeText
import TestSupport
import Testing

struct FrameTests {
  @Test func textIsPutFromAPointToTheRight() {
    var frame = Frame(Size(width: 10, height: 2))
    #expect(frame.put("high", at: Point(x: 3, y: 1), role: .high) == 4)
    #expect(frame.textPlane == "\n   high")
    #expect(frame.rolePlane == "\n...HHHH")
  }

  @Test func notationIsMarked() {
    var frame = Frame(Size(width: 12, height: 1))
    frame.put("a\u{1B}b\u{202E}", at: Point(x: 0, y: 0), role: .title)
    #expect(frame.textPlane == "a^[b<202E>")
    #expect(frame.rolePlane == "t!!t!!!!!!")
  }

  @Test func wideGlyphAtTheEdgeBecomesASign() {
    var frame = Frame(Size(width: 3, height: 1))
    frame.put("日本", at: Point(x: 0, y: 0))
    #expect(frame.textPlane == "日>")
    frame.put("x", at: Point(x: 1, y: 0))
    #expect(frame.textPlane == " x>", "half a glyph does not stay")
  }

  @Test func cutTextEndsWithASign() {
    var canvas = Canvas(Frame(Size(width: 6, height: 1)))
    canvas.put("payments/api", x: 0, y: 0)
    #expect(canvas.frame.textPlane == "payme…")
  }

  @Test func canvasKeepsToItsWindow() {
    var canvas = Canvas(Frame(Size(width: 8, height: 3)))
    canvas.within(Rect(x: 2, y: 1, width: 3, height: 1)) { inner in
      inner.put("abcdef", x: 0, y: 0)
      inner.put("no", x: 0, y: 1)
      inner.within(Rect(x: -1, y: 0, width: 9, height: 9)) { $0.put("12", x: 0, y: 0) }
    }
    #expect(canvas.frame.textPlane == "\n  2b…\n")
  }

  /// What is put on a frame, cell by cell, is fit to be shown and as wide as it says.
  @Test func cellsAgreeWithSafeText() {
    for seed in UInt64(0)..<300 {
      var random = SplitMix64(seed: seed)
      let text = randomText(&random)
      var frame = Frame(Size(width: 200, height: 1))
      let taken = frame.put(text, at: Point(x: 0, y: 0))
      #expect(taken == SafeText.width(of: text), "\(seed)")
      #expect(frame.textPlane.unicodeScalars.allSatisfy { $0.value >= 0x20 }, "\(seed)")
      var trimmed = SafeText.visible(text)
      while trimmed.last == " " { trimmed.removeLast() }
      #expect(
        frame.textPlane.unicodeScalars.elementsEqual(trimmed.unicodeScalars), "seed \(seed)")
    }
  }

  @Test func changesTurnTheOldFrameIntoTheNew() {
    for seed in UInt64(0)..<300 {
      var random = SplitMix64(seed: seed)
      let old = randomFrame(&random)
      var new = old
      scribble(on: &new, &random)
      var changed = Set<Point>()
      for change in new.changes(from: old) {
        #expect(!new[change.columns.lowerBound, change.y].isContinuation, "seed \(seed)")
        for x in change.columns { changed.insert(Point(x: x, y: change.y)) }
      }
      for y in 0..<new.size.height {
        for x in 0..<new.size.width where new[x, y] != old[x, y] {
          #expect(changed.contains(Point(x: x, y: y)), "seed \(seed)")
        }
      }
    }
    let frame = Frame(Size(width: 3, height: 3))
    #expect(frame.changes(from: frame).isEmpty)
    #expect(frame.changes(from: nil).count == 3)
  }

  /// No half of a wide glyph stands alone, whatever was put over it.
  @Test func wideGlyphsStayWhole() {
    for seed in UInt64(0)..<300 {
      var random = SplitMix64(seed: seed)
      let frame = randomFrame(&random)
      for y in 0..<frame.size.height {
        for x in 0..<frame.size.width {
          let cell = frame[x, y]
          let next = x + 1 < frame.size.width ? frame[x + 1, y].isContinuation : false
          #expect(cell.isContinuation || (cell.glyph.width == 2) == next, "seed \(seed)")
        }
      }
    }
  }

  private func randomFrame(_ random: inout SplitMix64) -> Frame {
    var frame = Frame(Size(width: 12, height: 3))
    for _ in 0..<6 { scribble(on: &frame, &random) }
    return frame
  }

  private func scribble(on frame: inout Frame, _ random: inout SplitMix64) {
    let point = Point(
      x: Int.random(in: -3...13, using: &random), y: Int.random(in: -1...3, using: &random))
    let width = Bool.random(using: &random) ? Int.random(in: 0...9, using: &random) : .max
    let role = CellRole.allCases.randomElement(using: &random) ?? .text
    frame.put(randomText(&random), at: point, width: width, role: role)
  }

  private func randomText(_ random: inout SplitMix64) -> String {
    let choices = ["a", "日", "\u{1B}", "e\u{301}", "\u{202E}", "本", "x", " ", "\u{9B}", "│"]
    return (0..<Int.random(in: 0...8, using: &random)).map { _ in
      choices[Int.random(in: 0..<choices.count, using: &random)]
    }.joined()
  }
}
