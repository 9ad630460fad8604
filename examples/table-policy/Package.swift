// swift-tools-version: 6.2
import PackageDescription

// A policy kind outside Takt's own tree, with Takt's whole command line. In a package of your own the dependency is the repository's URL.
let package = Package(
  name: "table-policy",
  dependencies: [.package(name: "takt", path: "../..")],
  targets: [
    .executableTarget(
      name: "TablePolicy",
      dependencies: [
        .product(name: "TaktCommands", package: "takt"),
        .product(name: "Experiments", package: "takt"),
        .product(name: "Policies", package: "takt"),
        .product(name: "Rewards", package: "takt"),
        .product(name: "TaktTesting", package: "takt"),
      ])
  ]
)
