// swift-tools-version: 6.2
import PackageDescription

// The RL loop without files, on public products alone. In a package of your own the dependency is the repository's URL.
let package = Package(
  name: "first-program",
  dependencies: [.package(name: "takt", path: "../..")],
  targets: [
    .executableTarget(
      name: "FirstProgram",
      dependencies: [
        .product(name: "Policies", package: "takt"),
        .product(name: "Rewards", package: "takt"),
        .product(name: "TaktTesting", package: "takt"),
      ])
  ]
)
