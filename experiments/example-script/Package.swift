// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "example-script",
  dependencies: [.package(name: "takt", path: "../..")],
  targets: [
    .executableTarget(
      name: "CompareSeeds",
      dependencies: [.product(name: "Experiments", package: "takt")])
  ]
)
