package import CellGrid

extension State {
  /// The whole screen as it is now, for a terminal of that size.
  ///
  /// `update` is told of sizes by `.resized`, and keeps cursors in view there.
  package func frame(_ size: Size) -> Frame {
    var state = self
    state.size = size
    var canvas = Canvas(Frame(size, repertoire: repertoire))
    guard size.width >= State.least.width, size.height >= State.least.height else {
      state.drawTooSmall(in: &canvas)
      return canvas.frame
    }
    state.drawHeader(in: &canvas)
    if stack.count > 1 { state.drawBreadcrumb(in: &canvas) }
    state.drawTimeline(in: &canvas)
    state.drawBody(in: &canvas)
    state.drawFoot(in: &canvas)
    state.drawOverlay(in: &canvas)
    return canvas.frame
  }

  private func drawTooSmall(in canvas: inout Canvas) {
    let least = State.least
    canvas.put("watchfloor needs \(least.width)x\(least.height)", x: 0, y: 0, role: .warning)
    canvas.put("this is \(canvas.width)x\(canvas.height)", x: 0, y: 1, role: .muted)
  }

  private func drawBody(in canvas: inout Canvas) {
    let arrangement = arrangement
    if let rect = arrangement.document { drawDocument(in: &canvas, rect) }
    if let rect = arrangement.card { drawCard(in: &canvas, rect) }
    for (index, rect) in arrangement.panes.sorted(by: { $0.key < $1.key }) {
      drawPane(index, in: &canvas, rect)
    }
  }

  /// Draws where one is, `Overview > payments/api`; what does not fit is left out in front.
  private func drawBreadcrumb(in canvas: inout Canvas) {
    let separator = " > "
    var titles = stack.map { $0.step(today: clock) }
    func width() -> Int {
      titles.reduce(1) { $0 + Wording.width($1) } + separator.count * (titles.count - 1)
    }
    while titles.count > 2, width() > canvas.width {
      titles.remove(at: titles[0] == ellipsis ? 1 : 0)
      if titles[0] != ellipsis { titles.insert(ellipsis, at: 0) }
      if titles.count == 2 { break }
    }
    var x = 1
    for (index, title) in titles.enumerated() {
      let isLast = index == titles.count - 1
      if index > 0 { x += canvas.put(separator, x: x, y: 1, role: .border) }
      x += canvas.put(title, x: x, y: 1, role: isLast ? .title : .muted)
    }
  }

  private var ellipsis: String { settings.isASCII ? "~" : "…" }
}
