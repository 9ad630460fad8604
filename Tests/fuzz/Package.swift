// swift-tools-version: 6.2
import PackageDescription

// Fuzzing of every decoder of outside input, by libFuzzer: run.sh builds it with the flags that it needs.
let package = Package(
  name: "takt-fuzz",
  dependencies: [.package(name: "takt", path: "../..")],
  targets: [
    .executableTarget(
      name: "TaktFuzz",
      dependencies: [.product(name: "Decoders", package: "takt"), .product(name: "Experiments", package: "takt")],
      path: "Sources")
  ],
  swiftLanguageModes: [.v5]
)
