import Events
import Findings
import Interface
import Testing

struct SuppressionJourneys {
  private func suppressed(_ session: Session) -> [Suppression] {
    session.effects.compactMap { effect in
      if case .suppress(let suppression, isUndo: false) = effect { suppression } else { nil }
    }
  }

  @Test func theSelectedFindingIsHiddenWithAReasonForAMonth() throws {
    var session = Session()
    session.press(.tab, .tab)
    session.type("z")
    session.type("the vendor says no")
    session.press(.enter)
    let suppression = try #require(suppressed(session).first)
    #expect(suppression.term == "finding=CVE-2026-21001 repository=payments/api")
    #expect(suppression.rule == Fixture.rule.name)
    #expect(suppression.reason == "the vendor says no")
    #expect(suppression.author == "carol")
    #expect(suppression.expires == Fixture.clock + 30 * 86_400)
  }

  @Test func withoutAReasonNothingIsHidden() {
    var session = Session()
    session.type("z")
    session.press(.enter)
    #expect(suppressed(session).isEmpty)
    #expect(session.screen.contains("say why"))
    session.press(.escape)
    #expect(!session.screen.contains("Suppress"))
  }

  @Test func aTermThatCannotBeReadIsNotHidden() {
    var session = Session()
    session.type("z")
    session.type("why")
    session.press(.up)
    session.press(.control("U"))
    session.type("colour=red")
    session.press(.enter)
    #expect(suppressed(session).isEmpty)
    #expect(session.screen.contains("there is no field 'colour'"))
  }

  @Test func itLastsAsLongAsIsChosenOverEveryRule() throws {
    var session = Session()
    session.press(.tab, .tab)
    session.type("zbecause")
    session.press(.down, .right, .right, .down, .right, .enter)
    let suppression = try #require(suppressed(session).first)
    #expect(suppression.expires == nil)
    #expect(suppression.rule == nil)
  }

  @Test func whatIsHiddenIsListedWithItsCountAndLiftedThere() {
    var session = Session()
    session.type("Z")
    #expect(session.screen.contains("the vendor says no"))
    #expect(session.screen.contains("NOT (repository=sandbox/*)"))
    session.type("z")
    #expect(
      session.effects == [
        .lift(
          Fixture.suppressions[0].suppression, by: "carol", at: Fixture.clock, isUndo: false)
      ])
  }

  @Test func undoTakesBackTheLastStepWhateverItWas() {
    var session = Session()
    let suppression = Fixture.suppressions[0].suppression
    session.send(.did(.triaged))
    session.send(.did(.suppressed(suppression)))
    session.send(.did(.lifted(suppression)))
    session.type("UUUU")
    #expect(
      session.effects == [
        .suppress(suppression, isUndo: true),
        .lift(suppression, by: "carol", at: Fixture.clock, isUndo: true),
        .undoTriage(by: "carol", at: Fixture.clock), .undoTriage(by: "carol", at: Fixture.clock),
      ])
  }

  @Test func theHeaderCountsWhatIsHidden() {
    let session = Session(store: { request in
      guard case .overview = request else { return Fixture.answer(request) }
      var overview = Fixture.overview
      overview.hidden = 35
      return .overview(overview)
    })
    #expect(session.screen.contains("35 rows suppressed"))
  }
}
