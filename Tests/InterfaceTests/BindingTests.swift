import Interface
import Testing

struct BindingTests {
  @Test func everyCommandHasAKey() {
    for command in Command.allCases {
      #expect(Bindings.all.contains { $0.command == command }, "\(command)")
    }
  }

  @Test func noKeyMeansTwoThingsInOneView() {
    for scene in [Scene.lists, .text] {
      let keys = Bindings.all.filter { $0.scene == scene || $0.scene == .everywhere }
        .flatMap(\.keys)
      #expect(Set(keys).count == keys.count, "\(scene)")
    }
  }

  @Test func tableForTheDocumentationNamesEveryKey() {
    for binding in Bindings.all {
      #expect(Bindings.markdown.contains(binding.description))
      for key in binding.keys { #expect(Bindings.markdown.contains("`\(key.label)`")) }
    }
  }
}
