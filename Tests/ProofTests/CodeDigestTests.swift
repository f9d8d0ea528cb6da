import Glibc
import Testing

@testable import Proof

@Suite("What proofs depend on")
struct CodeDigestTests {
  /// A small tree of sources, changed file by file.
  private struct Tree {
    let root: String

    init() throws {
      var template = Array("/tmp/assay-sources-XXXXXX\0".utf8CString.dropLast())
      try #require(mkdtemp(&template) != nil)
      root = String(
        decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      for name in [
        "BackendABI", "BackendHost", "CPUKernels", "ModelFormat", "NumericFormats", "GoldenStore",
        "Proof/DataQuality", "Proof/Execution", "Proof/Outcomes", "Runner/Judging", "Spec",
        "Tensors", "Variants", "Verification", "Saboteur", "Witnesses", "ExtendedArithmetic",
      ] { try write("\(name)/A.swift", "1") }
      for module in ["CPUBackend", "Oracle"] {
        try write("\(module)/Core.swift", "1")
        try write("\(module)/Operators/Math/Exp.swift", "enum ExpKernel {}\nenum Shared {}")
        try write("\(module)/Operators/Math/Log.swift", "let other = Shared.self")
        try write("\(module)/Operators/Math/Sin.swift", "enum SinKernel {}")
        try write("\(module)/Operators/Tensor/Cast.swift", "enum CastKernel {}")
      }
      try write("mutants/Sin.onnxtxt", "y = Log(x)")
    }

    func write(_ path: String, _ text: String) throws {
      var folder = root
      for part in path.split(separator: "/").dropLast() {
        folder += "/\(part)"
        mkdir(folder, 0o755)
      }
      let file = try #require(fopen("\(root)/\(path)", "w"))
      fputs(text, file)
      fclose(file)
    }

    /// Which operators' proofs depend on a file, by half.
    func dependents(
      of path: String, _ half: CodeDigest.Half, changedTo text: String = "enum Other {}"
    ) throws -> [String] {
      let names = ["Cast", "Exp", "Log", "Sin"]
      func digests() throws -> [String] {
        let digest = try CodeDigest(sources: root, mutants: root + "/mutants")
        return names.map { digest.text(half, for: [$0]) }
      }
      let before = try digests()
      try write(path, text)
      let after = try digests()
      return zip(names, zip(before, after)).filter { $1.0 != $1.1 }.map(\.0)
    }
  }

  private static let all = ["Cast", "Exp", "Log", "Sin"]

  @Test("A kernel counts for its operator, and for those that take something from its file")
  func kernels() throws {
    let tree = try Tree()
    let path = "CPUBackend/Operators/Math/Exp.swift"
    #expect(
      try tree.dependents(of: path, .witnesses, changedTo: "enum Shared {}\nenum B {}")
        == ["Exp", "Log"])
    // The function in place of Sin computes with Log, which takes from the file of Exp.
    #expect(
      try tree.dependents(of: path, .faults, changedTo: "enum Shared {}\nenum C {}")
        == ["Exp", "Log", "Sin"])
    #expect(
      try tree.dependents(of: "CPUBackend/Operators/Math/Sin.swift", .faults) == ["Sin"])
  }

  @Test("What every case runs through counts for all")
  func common() throws {
    let tree = try Tree()
    for path in ["CPUBackend/Core.swift", "Verification/A.swift", "CPUKernels/A.swift"] {
      #expect(try tree.dependents(of: path, .faults) == Self.all)
      #expect(try tree.dependents(of: path, .witnesses, changedTo: "enum D {}") == Self.all)
    }
  }

  @Test("Faults count for faults and witnesses for witnesses")
  func halves() throws {
    let tree = try Tree()
    #expect(try tree.dependents(of: "Saboteur/A.swift", .witnesses) == [])
    #expect(try tree.dependents(of: "Witnesses/A.swift", .faults) == [])
    #expect(try tree.dependents(of: "mutants/Sin.onnxtxt", .witnesses) == [])
    #expect(try tree.dependents(of: "mutants/Sin.onnxtxt", .faults, changedTo: "2") == ["Sin"])
    #expect(try tree.dependents(of: "Saboteur/A.swift", .faults, changedTo: "3") == Self.all)
  }

  @Test("An operator that faults add to models counts for every model")
  func added() throws {
    let tree = try Tree()
    let path = "CPUBackend/Operators/Tensor/Cast.swift"
    #expect(try tree.dependents(of: path, .faults) == ["Cast"])
    try tree.write("Saboteur/A.swift", "Node(operatorName: \"Cast\")")
    #expect(try tree.dependents(of: path, .faults, changedTo: "enum E {}") == Self.all)
  }

  @Test("The oracle counts where goldens are made on the spot, by operator")
  func oracle() throws {
    let tree = try Tree()
    for path in ["Oracle/Core.swift", "Oracle/Operators/Math/Sin.swift"] {
      #expect(try tree.dependents(of: path, .faults) == [])
      #expect(try tree.dependents(of: path, .witnesses, changedTo: "enum F {}") == [])
    }
    #expect(
      try tree.dependents(of: "Oracle/Core.swift", .freshWitnesses, changedTo: "enum G {}")
        == Self.all)
    #expect(
      try tree.dependents(
        of: "Oracle/Operators/Math/Sin.swift", .freshWitnesses, changedTo: "enum H {}")
        == ["Sin"])
  }
}
