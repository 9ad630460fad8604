// swift-tools-version: 6.2
import PackageDescription

// A reward outside Takt's own tree. In a package of your own the dependency is the repository's URL.
let package = Package(
  name: "lead-time-plugin",
  dependencies: [.package(name: "takt", path: "../..")],
  targets: [
    .executableTarget(
      name: "LeadTimePlugin",
      dependencies: [
        .product(name: "Rewards", package: "takt"),
        .product(name: "Experiments", package: "takt"),
        .product(name: "TaktTesting", package: "takt"),
      ])
  ]
)
