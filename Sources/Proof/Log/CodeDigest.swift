import Cases
import Spec

/// What tells whether the programs behind a proof have changed.
package struct CodeDigest: Sendable {
  private let shared: String
  /// The digest of the kernels beside an operator's own, by operator.
  private let families: [String: String]

  /// The digest of whole programs: any change of any of them proves everything anew.
  ///
  /// `mutants`: the folder of functions that faults put in place of operators.
  package init(programs: [String], mutants: String) throws(ProofError) {
    var hash = SHA256()
    for path in try Self.files(under: mutants) { hash.update(separated: try Self.digest(of: path)) }
    for path in programs { hash.update(separated: try Self.digest(of: path)) }
    (shared, families) = (SHA256.hexadecimal(hash.digest()), [:])
  }

  /// The digest of the sources that outcomes depend on, for programs just built from them.
  ///
  /// Kernels count by family: a change of one proves the cases of its family anew.
  package init(sources: String, mutants: String) throws(ProofError) {
    var hash = SHA256()
    for path in try Self.files(under: mutants) { hash.update(separated: try Self.digest(of: path)) }
    for folder in Self.folders {
      for path in try Self.files(under: "\(sources)/\(folder)") where !path.contains(Self.kernels) {
        hash.update(separated: String(path.dropFirst(sources.count)))
        hash.update(separated: try Self.digest(of: path))
      }
    }
    shared = SHA256.hexadecimal(hash.digest())
    var families: [String: String] = [:]
    let root = sources + Self.kernels
    for family in try Self.names(in: root) where !family.contains(".") {
      let paths = try Self.files(under: root + family)
      var hash = SHA256()
      for path in paths { hash.update(separated: try Self.digest(of: path)) }
      let digest = SHA256.hexadecimal(hash.digest())
      for path in paths {
        let name = path.split(separator: "/").last.map { $0.prefix { $0 != "." && $0 != "+" } }
        if let name { families[String(name)] = digest }
      }
    }
    self.families = families
  }

  /// The digest for a model of these operators.
  package func text(for operators: [String]) -> String {
    ([shared] + operators.map { families[$0] ?? "" }).joined(separator: " ")
  }

  private static let kernels = "/CPUBackend/Operators/"

  /// What runs and judges; reports and the oracle, whose results are the goldens, are left out.
  private static let folders = [
    "BackendABI", "BackendHost", "CPUBackend", "CPUKernels", "ModelFormat", "NumericFormats",
    "GoldenStore", "Proof/DataQuality", "Proof/Execution", "Proof/Outcomes", "Runner/Judging",
    "Saboteur", "Spec",
    "Tensors", "Variants", "Verification", "Witnesses",
  ]

  private static func files(under folder: String) throws(ProofError) -> [String] {
    var paths: [String] = []
    for name in try names(in: folder) {
      let path = "\(folder)/\(name)"
      if name.contains(".") { paths.append(path) } else { paths += try files(under: path) }
    }
    return paths
  }

  private static func names(in folder: String) throws(ProofError) -> [String] {
    do throws(FileFault) { return try FileContents.names(in: folder) } catch {
      throw .code(path: error.path, reason: error.reason)
    }
  }

  private static func digest(of path: String) throws(ProofError) -> String {
    do throws(FileFault) {
      return SHA256.hexadecimal(SHA256.digest(of: try FileContents.bytes(at: path)))
    } catch {
      throw .code(path: error.path, reason: error.reason)
    }
  }
}
