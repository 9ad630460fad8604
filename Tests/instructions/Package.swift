// swift-tools-version: 6.2
import PackageDescription

// Hot paths whose instructions Tests/checks/instructions.sh counts, on public products alone.
let package = Package(
  name: "takt-instructions",
  dependencies: [.package(name: "takt", path: "../..")],
  targets: [
    .executableTarget(
      name: "HotPaths",
      dependencies: [.product(name: "Experiments", package: "takt"), .product(name: "Rewards", package: "takt")],
      path: "Sources")
  ]
)
