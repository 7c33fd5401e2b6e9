// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is held to.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A target of ours: its name, the targets and libraries that it may import, its resources.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil,
  settings: [SwiftSetting] = [], exclude: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: strict + settings)
}

/// The tests of the target of that name, and what else they import.
func tests(
  _ name: String, _ others: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  let itself: [Target.Dependency] = name == "EndToEnd" ? [] : [.byName(name: name)]
  return .testTarget(
    name: name + "Tests", dependencies: itself + others + ["TestSupport"], exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "watchfloor",
  products: [.executable(name: "watchfloor", targets: ["watchfloor"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Leaves: each one idea, and no knowledge of the others.
    room("Events"),
    .target(name: "CBytes"),
    room("JSON", ["CBytes"]),
    room("Workers"),
    room("SafeText"),
    room(
      "Digest",
      [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    room("Documents", ["Diagnostics", .product(name: "Yams", package: "Yams")]),
    room("Compression", ["CDeflate", "CZlib"]),
    .systemLibrary(name: "CDeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPCRE2", providers: [.apt(["libpcre2-dev"])]),
    .target(name: "CFiles"),
    .target(
      name: "CTerminal", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),

    // Words that engine, store and screen share.
    room("Findings", ["Events"]),

    // The language.
    room("Diagnostics", ["SafeText"]),
    room("SPL", ["Diagnostics"]),
    room("Configuration", ["Diagnostics", "Documents"]),

    // From bytes to rows.
    room("Ingest", ["JSON", "Workers", "Compression", "Digest", "CBytes", "CFiles"]),
    room("CloudTrail", ["Events", "JSON", "Digest"]),
    room("RowFiles", ["JSON", "Events", "Findings"]),
    room("LogIntegrity", ["Events", "JSON", "Digest", "Ingest", "Workers"]),
    room("Streaming", ["SPL", "Diagnostics", "Events", "JSON", "Digest", "CPCRE2"]),
    room(
      "Detections", ["SPL", "Diagnostics", "Documents", "Workers"],
      resources: [.embedInCode("Pack")]),
    room(
      "DetectionEngine",
      ["Detections", "Streaming", "SPL", "Diagnostics", "Findings", "Events", "Digest"]),
    room(
      "Storage",
      [
        "Findings", "Events", "Compression", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),

    // Rules as jobs for Spark.
    room(
      "SparkJobs",
      ["Detections", "Streaming", "CloudTrail", "SPL", "Diagnostics", "Events", "JSON"],
      resources: [.embedInCode("Runtime")]),

    // Traffic of a company that does not exist, for the demo, samples and benchmarks.
    room("SyntheticTrail", ["Events"]),

    // Bodies of logs to measure with, and the rows they must give.
    .executableTarget(
      name: "corpus", dependencies: ["SyntheticTrail", "Compression"], path: "Benchmarks/Corpus",
      swiftSettings: strict),

    // States of as many findings as wanted, and how long the store takes to write and to answer.
    .executableTarget(
      name: "findings", dependencies: ["Storage", "Findings", "Events"],
      path: "Benchmarks/Findings", swiftSettings: strict),

    // What to wake somebody for.
    room("Alerts", ["Findings", "Events"]),

    // Rows on their way out.
    room("Export", ["Findings", "Events", "SafeText"]),
    room("Handover", ["Findings", "Events", "SafeText", "Export"]),

    // The screen.
    room("CellGrid", ["SafeText"]),
    room("Interface", ["CellGrid", "SafeText", "Findings", "Events", "SPL", "Diagnostics"]),
    room(
      "TerminalUI",
      ["CTerminal", "CellGrid", "SafeText", "Interface", "Documents", "Diagnostics", "Workers"],
      resources: [.embedInCode("Themes")], settings: [.defaultIsolation(MainActor.self)]),

    // The one place that knows both engine and screen.
    .executableTarget(
      name: "watchfloor",
      dependencies: [
        "Events", "JSON", "Workers", "SafeText", "Digest", "Documents", "Compression", "Findings",
        "Diagnostics", "SPL", "Ingest", "CloudTrail", "RowFiles", "LogIntegrity", "Streaming",
        "Detections", "DetectionEngine", "SparkJobs",
        "Storage", "Configuration", "Alerts", "CFiles", "CellGrid", "Interface", "TerminalUI",
        "CTerminal", "SyntheticTrail", "Export", "Handover",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Tests: a suite for each room, and the real binary on a pseudo-terminal.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "CPseudoTerminal", path: "Tests/CPseudoTerminal",
      linkerSettings: [.linkedLibrary("util")]),
    tests("Events"),
    tests("JSON", ["CBytes"]),
    tests("CloudTrail", ["Events", "JSON", "Digest"]),
    tests("RowFiles", ["JSON", "Events", "Findings"]),
    tests("Digest"),
    tests("Workers"),
    tests("Compression"),
    tests("Documents", ["Diagnostics"], exclude: ["Problems"]),
    tests("SafeText"),
    tests("Diagnostics", exclude: ["Golden"]),
    tests("SPL", ["Diagnostics"], exclude: ["Problems"]),
    tests(
      "Streaming", ["SPL", "Events", "JSON", "Diagnostics"], exclude: ["Programs", "Problems"]),
    tests("Ingest", ["JSON", "Workers", "Compression", "Digest", "CBytes"]),
    tests(
      "LogIntegrity",
      [
        "Events", "Digest", "Ingest", "Compression",
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    tests("Detections", ["SPL", "Diagnostics", "Documents"]),
    tests(
      "DetectionEngine",
      [
        "Detections", "Streaming", "SPL", "Diagnostics", "Findings", "Events", "Digest",
        "CloudTrail", "JSON",
      ]),
    tests("Storage", ["Findings", "Events", .product(name: "GRDB", package: "GRDB.swift")]),
    tests("Configuration", ["Diagnostics"]),
    tests("Alerts", ["Findings", "Events"]),
    tests("CellGrid", ["SafeText"]),
    tests(
      "Interface", ["CellGrid", "Findings", "Events", "SPL", "Diagnostics"], exclude: ["Golden"]),
    tests("TerminalUI", ["CTerminal", "CellGrid", "Diagnostics", "Documents", "Interface"]),
    tests(
      "SparkJobs", ["Detections", "DetectionEngine", "Diagnostics", "SPL"], exclude: ["Golden"]),
    tests("SyntheticTrail", ["Events"]),
    tests("Export", ["Findings", "Events"]),
    tests("Handover", ["Findings", "Events"], exclude: ["Golden"]),
    .testTarget(name: "HouseTests", swiftSettings: strict),
    // A dashboard without an engine: what the terminal does is tested on it.
    .executableTarget(
      name: "ScreenRig",
      dependencies: ["CellGrid", "Events", "Interface", "SafeText", "TerminalUI", "Workers"],
      path: "Tests/ScreenRig", swiftSettings: strict),
    tests(
      "EndToEnd",
      [
        "watchfloor", "ScreenRig", "CPseudoTerminal", "SafeText", "Digest",
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
