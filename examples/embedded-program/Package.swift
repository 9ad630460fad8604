// swift-tools-version: 6.2
import PackageDescription

// The embedded policy trained from Swift. In a package of your own the dependency is the repository's URL.
let package = Package(
  name: "embedded-program",
  dependencies: [.package(name: "takt", path: "../..")],
  targets: [
    .executableTarget(
      name: "EmbeddedProgram",
      dependencies: [
        .product(name: "Experiments", package: "takt"),
        .product(name: "Policies", package: "takt"),
        .product(name: "Rewards", package: "takt"),
      ])
  ]
)
