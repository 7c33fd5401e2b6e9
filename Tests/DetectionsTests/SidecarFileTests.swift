import Detections
import Diagnostics
import Testing

@Suite("Sidecar")
struct SidecarFileTests {
  @Test func everyFormOfARoleIsRead() throws {
    let sidecar = try #require(
      read(
        """
        roles:
          repository: repository
          severity: [severity, {value: HIGH}]
          package: attributes[package_name]
          session: {last_part: userIdentity.arn, when: ":assumed-role/"}
          registry: [a.b, c]
        identity: [registry, repository]
        keep_null: [imageDigest]
        derive: {imageDigest: [r.digest, q.digest]}
        enabled: false
        """
      ).sidecar)
    #expect(sidecar.roles["repository"] == [.field("repository")])
    #expect(sidecar.roles["severity"] == [.field("severity"), .constant("HIGH")])
    #expect(sidecar.roles["package"] == [.field("attributes[package_name]")])
    #expect(
      sidecar.roles["session"]
        == [.lastPart(of: "userIdentity.arn", containing: ":assumed-role/")])
    #expect(sidecar.identity == ["registry", "repository"])
    #expect(sidecar.keepNull == ["imageDigest"])
    #expect(sidecar.derive == ["imageDigest": ["r.digest", "q.digest"]])
    #expect(!sidecar.isEnabled)
    #expect(
      sidecar.sampleFields == [
        "repository", "severity", "attributes[package_name]", "userIdentity.arn",
        "a.b", "c",
      ])
  }

  @Test func mistakesAreNamedAllAtOnce() {
    let file = read(
      """
      roles:
        package: attributes[
        user: {when: x}
        severity: {value: HIGH, wen: y}
        sesion: arn
      identity: [usr]
      derive: [a]
      enabled: perhaps
      """)
    #expect(file.sidecar == nil)
    #expect(
      file.errors.map(\.code) == [
        "wrong-element", "missing-key", "unknown-role", "wrong-type", "wrong-type",
      ])
    #expect(file.errors[2].help == "did you mean 'user'?")
    #expect(file.warnings.map(\.code) == ["unknown-key", "unknown-role"])
    #expect(file.warnings.map(\.help) == ["did you mean 'when'?", "did you mean 'session'?"])
  }

  @Test func aRuleWithoutOneUsesColumnsOfTheRolesNames() {
    #expect(Sidecar.none.identity == nil)
    #expect(Sidecar.none.isEnabled)
    #expect(Sidecar.none.roles.count == Sidecar.paneRoles.count)
    #expect(Sidecar.none.roles["user"] == [.field("user")])
  }

  private func read(_ text: String) -> SidecarFile {
    SidecarFile(text, name: "t.roles.yml")
  }
}
