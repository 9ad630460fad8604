// swift-tools-version: 6.2
import PackageDescription

// A reward and a task outside Takt's own tree. In a package of your own the dependency is the repository's URL.
let package = Package(
  name: "lead-time-plugin",
  dependencies: [.package(name: "takt", path: "../..")],
  targets: [
    .target(
      name: "LeadTime",
      dependencies: [.product(name: "Rewards", package: "takt"), .product(name: "MusTBench", package: "takt")]),
    .executableTarget(
      name: "TaktLeadTime",
      dependencies: [
        "LeadTime", .product(name: "Experiments", package: "takt"), .product(name: "TaktCommands", package: "takt"),
      ]),
    .executableTarget(
      name: "LeadTimePlugin",
      dependencies: [
        "LeadTime", .product(name: "Rewards", package: "takt"), .product(name: "Experiments", package: "takt"),
        .product(name: "TaktTesting", package: "takt"),
      ]),
  ]
)
for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
  ]
}
