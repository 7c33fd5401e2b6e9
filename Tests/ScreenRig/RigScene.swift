import CellGrid
import Events
import Glibc
import Interface
import SafeText
import TerminalUI

/// A dashboard of nothing but what the terminal has to show and answer: every role, glyphs that
/// need care, the keys that came, the terminal's size.
struct RigScene: DashboardContent {
  var theme: String
  var isASCII = false
  private var themes: [String]
  private var size = Size(width: 0, height: 0)
  private var keys: [String] = []
  private var reports = 0
  /// What is being typed after `/`; nil outside.
  private var entry: String?

  /// Instead of everything else: which page of the scalars of Unicode is shown.
  private var page: Int?

  init(themes: [String], isASCII: Bool, scalars: Bool = false) {
    self.themes = themes
    page = scalars ? 0 : nil
    theme = themes[0]
    self.isASCII = isASCII
  }

  mutating func start() -> [Effect] { [] }

  mutating func update(_ message: Message) -> [Effect] {
    switch message {
    case .resized(let size): self.size = size
    case .report: reports += 1
    case .pointer(let act, let point): keys.append("\(act)@\(point.x),\(point.y)")
    case .key(let key): return pressed(key)
    default: break
    }
    return []
  }

  private mutating func pressed(_ key: Key) -> [Effect] {
    if var text = entry {
      switch key {
      case .character(let character): text.append(character)
      case .escape, .enter: entry = nil
      default: break
      }
      if entry != nil { entry = text }
      return []
    }
    if key == .character("n"), let shown = page { page = shown + 1 }
    keys = Array((keys + [key.label]).suffix(8))
    switch key {
    case .character("q"): return [.quit]
    case .character("y"): return [.copy("copied\ntext")]
    case .character("/"): entry = ""
    case .character("T"):
      theme = themes[((themes.firstIndex(of: theme) ?? 0) + 1) % themes.count]
    case .character("!"): fatalError("the rig was told to crash \u{1B}[31m")
    case .character("$"): sink(1)
    case .character("#"): while true { pause() }
    case .control("L"): return [.repaint]
    default: break
    }
    return []
  }

  /// Uses up the stack.
  private func sink(_ depth: Int) {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 16) { bytes in
      bytes.storeBytes(of: depth, as: Int.self)
      sink(depth &+ bytes.load(as: Int.self))
      _ = bytes.load(as: Int.self)
    }
  }

  func frame(_ size: Size) -> Frame {
    var canvas = Canvas(Frame(size, repertoire: isASCII ? .ascii : .unicode))
    if let page {
      ScalarPage(number: page).draw(in: &canvas)
      return canvas.frame
    }
    let line = isASCII ? "-" : "─"
    canvas.put("rig \(size.width)x\(size.height) \(theme)", x: 1, y: 0, role: .title)
    canvas.put(String(repeating: line, count: size.width), x: 0, y: 1, role: .border)
    canvas.put("keys: \(keys.joined(separator: " "))", x: 1, y: 2)
    canvas.put("reports: \(reports)", x: 1, y: 3, role: .muted)
    canvas.put("café 漢字 e\u{301} \u{1B}[31m \u{202E}x ▁▂▃▅▇█ ▸", x: 1, y: 4)
    if let entry {
      let taken = canvas.put("/" + entry, x: 1, y: 5, role: .key)
      canvas.showCursor(x: 1 + taken, y: 5)
    }
    for (index, role) in CellRole.allCases.enumerated() {
      canvas.put(" \(role) ", x: 1 + index % 2 * 24, y: 6 + index / 2, role: role)
    }
    return canvas.frame
  }
}
