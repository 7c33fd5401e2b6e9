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
    for crumb in crumbs {
      let isLast = crumb.place == stack.count - 1
      if crumb.x > 1 {
        canvas.put(State.crumbGap, x: crumb.x - State.crumbGap.count, y: 1, role: .border)
      }
      canvas.put(crumb.title, x: crumb.x, y: 1, role: isLast ? .title : .muted)
    }
  }

  private static let crumbGap = " > "

  struct Crumb {
    var title: String
    var x: Int
    /// Of the view on the stack; nil for the sign that stands for those that are left out.
    var place: Int?
  }

  /// The views on the stack, as far as there is room for their names, and where these stand.
  var crumbs: [Crumb] {
    let titles = stack.map { $0.step(today: clock) }
    func width(_ shown: some Sequence<String>) -> Int {
      shown.reduce(1 - State.crumbGap.count) { $0 + Wording.width($1) + State.crumbGap.count }
    }
    var first = 0
    while first < titles.count - 1,
      width((first > 0 ? [ellipsis] : []) + titles[first...]) > size.width
    {
      first += 1
    }
    var x = 1
    var crumbs: [Crumb] = []
    if first > 0 {
      crumbs.append(Crumb(title: ellipsis, x: x))
      x += 1 + State.crumbGap.count
    }
    for place in first..<titles.count {
      crumbs.append(Crumb(title: titles[place], x: x, place: place))
      x += Wording.width(titles[place]) + State.crumbGap.count
    }
    return crumbs
  }

  private var ellipsis: String { settings.isASCII ? "~" : "…" }
}
