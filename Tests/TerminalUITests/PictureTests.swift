import CellGrid
import Foundation
import FoundationXML
import Testing

@testable import TerminalUI

@MainActor @Suite struct Pictures {
  private let theme = Theme.builtIn[0]

  /// A frame of what is hard to draw: markup, wide glyphs, marks, boxes, bars, every role.
  private var frame: Frame {
    var canvas = Canvas(Frame(Size(width: 40, height: 26)))
    canvas.put("╭─ <b>&\"q\"</b> ]]> ──╮", x: 0, y: 0, role: .border)
    canvas.put("│ 漢字 e\u{301} \u{1B}[31m \u{202E}x │", x: 0, y: 1)
    canvas.put("▁▂▃▄▅▆▇█▉▊▋▌▍▎▏", x: 0, y: 2, role: .bar)
    for (index, role) in CellRole.allCases.enumerated() {
      canvas.put(" \(role) ", x: 1, y: 4 + index, role: role)
    }
    return canvas.frame
  }

  /// Collects what a reader of XML sees.
  private final class Reader: NSObject, XMLParserDelegate {
    var texts: [String] = []
    var elements: [(name: String, attributes: [String: String])] = []
    private var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.append((name, attributes))
      text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      if name == "text" { texts.append(text) }
      text = ""
    }
  }

  private func read(_ svg: String) throws -> Reader {
    let reader = Reader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
    return reader
  }

  @Test func svgIsWellFormedAndSaysWhatTheFrameSays() throws {
    let reader = try read(frame.svg(theme, title: "a <b> & \u{1B}c"))
    let all = reader.texts.joined(separator: "|")
    for expected in ["<b>&\"q\"</b> ]]>", "漢字 e\u{301}", "^[", "<202E>", "critical"] {
      #expect(all.contains(expected), "'\(expected)' in \(all)")
    }
  }

  @Test func svgNeedsNothingElse() throws {
    let reader = try read(frame.svg(theme, title: "frame"))
    for element in reader.elements {
      #expect(
        ["svg", "title", "style", "rect", "g", "circle", "path", "text"].contains(element.name))
      for (name, value) in element.attributes where name != "xmlns" {
        #expect(!value.contains("//"), "\(element.name) \(name)=\(value)")
      }
    }
  }

  @Test func svgKeepsTextOnTheGrid() throws {
    let reader = try read(frame.svg(theme, title: "frame"))
    for element in reader.elements where element.name == "text" {
      let x = try #require(Double(element.attributes["x"] ?? ""))
      let length = try #require(Double(element.attributes["textLength"] ?? ""))
      #expect(x.truncatingRemainder(dividingBy: CellMetrics.width) == 0)
      #expect(length.truncatingRemainder(dividingBy: CellMetrics.width) == 0)
      #expect(x + length <= 40 * CellMetrics.width)
    }
  }

  @Test func linesOfABoxMeet() throws {
    let corner = try #require(CellShape(0x256D)).path(columns: 0..<1, row: 0)
    let line = try #require(CellShape(0x2500)).path(columns: 1..<5, row: 0)
    let side = try #require(CellShape(0x2502)).path(columns: 0..<1, row: 1)
    #expect(corner == "M8 9Q4 9 4 18")
    #expect(line == "M8 9H40")
    #expect(side == "M4 18V36")
  }

  @Test func ansiTextHasNoSequenceButSGR() throws {
    for depth in ColourDepth.allCases {
      let text = frame.ansi(theme, at: depth)
      let plain = text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
      #expect(!plain.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      let lines = plain.split(separator: "\n", omittingEmptySubsequences: false)
      let wanted = frame.textPlane.split(separator: "\n", omittingEmptySubsequences: false)
      for (line, wanted) in zip(lines, wanted) { #expect(line.hasPrefix(wanted)) }
      #expect(lines.count == 27)
      #expect(text.hasSuffix("\u{1B}[0m\n"))
    }
  }

  @Test func ansiTextNamesColoursAsDeepAsAskedFor() {
    #expect(frame.ansi(theme, at: .direct).contains("38;2;"))
    #expect(frame.ansi(theme, at: .palette).contains("38;5;"))
    #expect(!frame.ansi(theme, at: .ansi).contains("38;"))
    #expect(!frame.ansi(theme, at: .mono).contains(/\u{1B}\[[0-9;]*[34][0-9]/))
  }
}
