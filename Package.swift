// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target of the package: Swift 6 mode, warnings are errors, imports stay internal unless they say otherwise.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Kernels run at full speed in debug builds too; the flag comes after the build system's own `-O0` and wins.
let optimised: [CSetting] = [.unsafeFlags(["-O3", "-ffp-contract=off", "-std=gnu11"])]

let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "assay",
  products: [
    .executable(name: "assay", targets: ["assay"]),
    .executable(name: "assay-worker", targets: ["assay-worker"]),
    .library(name: "AssayCPUBackend", type: .dynamic, targets: ["CPUBackendLibrary"]),
    .library(name: "AssaySaboteur", type: .dynamic, targets: ["SaboteurLibrary"]),
    .library(name: "AssayWitnesses", type: .dynamic, targets: ["WitnessLibrary"]),
    .library(name: "AssayFaultyBackends", type: .dynamic, targets: ["FaultyBackends"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    // C and system libraries
    .target(name: "BackendABI"),
    .target(
      name: "CPUKernels", exclude: ["kernels"], cSettings: optimised,
      linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CSystem"),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // Foundations
    module("NumericFormats"),
    module("ExtendedArithmetic"),
    module("CanonicalJSON"),
    module("Tensors", ["NumericFormats"]),
    module("ModelFormat", ["Tensors", protobuf], exclude: ["Protobuf/onnx.proto"]),
    module("Spec", ["ModelFormat", "CanonicalJSON"]),

    // What is right
    module("Oracle", ["Spec", "ExtendedArithmetic", "CZlib"]),
    module(
      "Cases", ["Spec", "CanonicalJSON", "CLibCrypto", "CLibYAML"]),
    module("Verification", ["Spec", "CanonicalJSON"]),
    module("GoldenStore", ["Cases", "CanonicalJSON", "Oracle", "Verification"]),

    // Who is judged
    module(
      "BackendHost", ["BackendABI", "CSystem", "ModelFormat", "CanonicalJSON", protobuf],
      exclude: ["Protocol/worker.proto"]),
    module(
      "Runner",
      ["Cases", "CanonicalJSON", "Oracle", "Verification", "BackendHost", "GoldenStore"]),
    module("Probing", ["Runner", "BackendHost", "Verification"]),
    module("Reports", ["Verification", "CanonicalJSON", "CLibCrypto", "CLibXML2"]),

    // Whether the cases notice what is wrong and pass what is right
    module("Proof", ["Runner", "Reports", "BackendHost", "CanonicalJSON"]),

    // The bundled backend
    module(
      "CPUBackend",
      ["BackendABI", "CPUKernels", "CanonicalJSON", "ModelFormat", "CPNG", "CZlib"]),
    module("CPUBackendLibrary", ["BackendABI", "CPUBackend"]),

    // Backends that compute differently on purpose: wrongly, or rightly in another way
    module("Variants", ["CPUBackend", "CanonicalJSON"]),
    module("Saboteur", ["Variants", "Spec"]),
    module("Witnesses", ["Variants", "CPUKernels"]),
    module("SaboteurLibrary", ["BackendABI", "Saboteur"]),
    module("WitnessLibrary", ["BackendABI", "Witnesses"]),

    // Executables
    executable(
      "assay",
      [
        "Proof", "Runner", "Probing", "Reports", "BackendHost", "Oracle", "CanonicalJSON",
        arguments,
      ]),
    executable("assay-worker", ["BackendHost"]),
    executable("assay-dev", ["GoldenStore", arguments]),
    executable("kernel-bench", ["CPUKernels", "CPUBackend"]),

    // Tests
    .target(
      name: "FaultyBackends", dependencies: ["BackendABI"], path: "Tests/FaultyBackends",
      exclude: ["fixtures"]),
    tests("NumericFormatsTests", ["NumericFormats"]),
    tests("ExtendedArithmeticTests", ["ExtendedArithmetic"]),
    tests("CanonicalJSONTests", ["CanonicalJSON"]),
    tests("TensorsTests", ["Tensors"]),
    tests("ModelFormatTests", ["ModelFormat", protobuf]),
    tests("SpecTests", ["Spec"]),
    tests("OracleTests", ["Oracle"]),
    tests("CasesTests", ["Cases"]),
    tests("VerificationTests", ["Verification"]),
    tests("GoldenStoreTests", ["GoldenStore"]),
    tests("BackendHostTests", ["BackendHost", "FaultyBackends"]),
    tests(
      "RunnerTests",
      [
        "Runner", "Cases", "Spec", "Verification", "CanonicalJSON", "BackendHost", "GoldenStore",
        "ModelFormat", "Oracle", "Tensors",
      ]),
    tests("ProbingTests", ["Probing"]),
    tests("ReportsTests", ["Reports"]),
    tests("ProofTests", ["Proof", "Variants"]),
    tests("CPUBackendTests", ["CPUBackend", "CPUBackendLibrary", "CPUKernels"]),
    tests("SaboteurTests", ["Saboteur"]),
    tests("WitnessTests", ["Witnesses", "Spec"]),
    tests("LayeringTests", []),
    tests("CommandLineTests", ["Cases", "Spec"]),
  ]
)
