import Testing

@Suite("Layering")
struct LayeringTests {
  /// Swift modules: C and system targets import nothing of Swift.
  private static func modules() throws -> [String] {
    let names = try #require(SourceTree.names(in: "Sources"))
    return try names.filter { try !SourceTree.files(under: "Sources/\($0)").isEmpty }.sorted()
  }

  @Test("The table knows every Swift module of the package, and no other")
  func tableIsComplete() throws {
    #expect(try Self.modules() == ImportRules.allowed.keys.sorted())
  }

  @Test("Every import of every source file is in the table")
  func imports() throws {
    var violations: [String] = []
    var count = 0
    for module in try Self.modules() {
      for path in try SourceTree.files(under: "Sources/\(module)") {
        let lines = try SourceTree.lines(of: path)
        count += lines.count(where: { ImportRules.importedModule($0) != nil })
        violations += ImportRules.violations(module: module, path: path, lines: lines)
      }
    }
    #expect(violations == [])
    // A reader of imports that finds none would agree with everything.
    #expect(count > 300)
  }

  @Test("The table has no circle, and no arrow leads where it must not")
  func table() {
    #expect(ImportRules.tableViolations(ImportRules.allowed) == [])
  }

  @Test("The package declares what the table allows, and every allowed module can be imported")
  func declarations() throws {
    let manifest = try SourceTree.lines(of: "Package.swift").joined(separator: "\n")
    let declared = DeclaredTargets(manifest: manifest)
    #expect(declared.dependencies.keys.sorted() == ImportRules.allowed.keys.sorted())
    for (module, allowed) in ImportRules.allowed {
      let direct = declared.dependencies[module] ?? []
      let unlisted = direct.subtracting(allowed)
      #expect(unlisted.isEmpty, "\(module) is declared with \(unlisted.sorted())")
      let needed = allowed.subtracting(["FoundationEssentials"])
      let unbuilt = needed.subtracting(declared.reachable(from: module))
      #expect(unbuilt.isEmpty, "\(module) may import \(unbuilt.sorted()), which nothing builds")
    }
  }

  @Test(
    "An import is read with every access level and attribute",
    arguments: [
      "import Oracle", "package import Oracle", "public import Oracle", "internal import Oracle",
      "@testable import Oracle", "  import Oracle", "import struct Oracle.Evaluator",
      "import Oracle.Shared",
    ])
  func importForms(_ line: String) {
    #expect(ImportRules.importedModule(line) == "Oracle")
  }

  @Test(
    "What is no import is none",
    arguments: ["// import Oracle", "let import = Oracle", "important Oracle", "import", ""])
  func otherLines(_ line: String) {
    #expect(ImportRules.importedModule(line) == nil)
  }

  @Test("A judge that imports the oracle is caught, with file and line")
  func inventedImport() {
    let found = ImportRules.violations(
      module: "Verification", path: "Sources/Verification/Invented.swift",
      lines: ["import Glibc", "package import Oracle", "import Spec"])
    #expect(
      found == ["Sources/Verification/Invented.swift:2: Verification may not import Oracle"])
  }

  @Test("A module outside of the table is caught")
  func unknownModule() {
    let found = ImportRules.violations(module: "Invented", path: "a.swift", lines: ["import Glibc"])
    #expect(found == ["a.swift: module Invented is not in the table of ImportRules.swift"])
  }

  @Test("Foundation is for generated protocol code alone")
  func foundation() {
    let lines = ["import Foundation"]
    let byHand = ImportRules.violations(module: "ModelFormat", path: "Model.swift", lines: lines)
    #expect(byHand == ["Model.swift:1: ModelFormat may not import Foundation"])
    let generated = ImportRules.violations(module: "ModelFormat", path: "a.pb.swift", lines: lines)
    #expect(generated == [])
  }

  @Test("A circle and a forbidden path over another module are caught")
  func inventedTable() {
    let circle = ImportRules.tableViolations(["Spec": ["Tensors"], "Tensors": ["Spec"]])
    #expect(circle == ["Spec depends on itself", "Tensors depends on itself"])
    let detour = ImportRules.tableViolations(["CPUBackend": ["Invented"], "Invented": ["Oracle"]])
    #expect(detour == ["CPUBackend comes to Oracle"])
  }

  @Test("Declarations of a manifest are read with targets and products")
  func manifest() {
    let declared = DeclaredTargets(
      manifest: """
        func module(_ name: String) {}
        module("Low"), module("Middle", ["Low", protobuf], exclude: ["x"]),
        executable("high", ["Middle", .product(name: "Other", package: "Other")]),
        """)
    let dependencies: [String: Set<String>] = [
      "Low": [], "Middle": ["Low", "SwiftProtobuf"], "high": ["Middle", "Other"],
    ]
    #expect(declared.dependencies == dependencies)
    let reachable: Set<String> = ["Middle", "Low", "SwiftProtobuf", "Other"]
    #expect(declared.reachable(from: "high") == reachable)
  }
}
