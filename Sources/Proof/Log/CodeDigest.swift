import Cases
import Spec

/// What tells whether the programs behind a proof have changed.
package struct CodeDigest: Sendable {
  /// What is proven: each half of a proof comes from programs of its own.
  package enum Half: Sendable {
    case faults
    /// Witnesses on the stored inputs, judged by stored goldens.
    case witnesses
    /// Witnesses on fresh inputs, whose goldens the oracle makes on the spot.
    case freshWitnesses
  }

  private let digest: @Sendable (Half, [String]) -> String

  /// The digest of whole programs: any change of any of them proves everything anew.
  ///
  /// `mutants`: the folder of functions that faults put in place of operators.
  package init(programs: [String], mutants: String) throws(ProofError) {
    let digest = try Self.digest(of: programs + SourceFiles.paths(under: mutants))
    self.digest = { _, _ in digest }
  }

  /// The digest of the sources that outcomes depend on, for programs just built from them.
  ///
  /// A kernel, an evaluator and a function of `mutants` count for the models with its operator;
  /// everything else counts for every case of its half.
  package init(sources: String, mutants: String) throws(ProofError) {
    let kernels = try OperatorSources(root: sources + Self.kernels)
    let evaluators = try OperatorSources(root: sources + Self.evaluators)
    let functions = try MutantFunctions(folder: mutants, kernels: kernels.operators)
    let common = try Self.digest(of: Self.common, in: sources)
    let faults = try Self.digest(of: Self.faults, in: sources)
    let witnesses = try Self.digest(of: Self.witnesses, in: sources)
    let oracle = try Self.digest(of: Self.oracle, in: sources)
    // Operators that faults add to a model count for every model.
    let added = try Self.operatorsAdded(by: sources + "/Saboteur").sorted().map { kernels[$0] }
    digest = { half, operators in
      let own = [common] + operators.map { kernels[$0] }
      switch half {
      case .faults:
        let parts = operators.map { name in
          functions.digest(of: name)
            + functions.operators(of: name).map { kernels[$0] }.joined()
        }
        return (own + [faults] + added + parts).joined(separator: " ")
      case .witnesses: return (own + [witnesses]).joined(separator: " ")
      case .freshWitnesses:
        return (own + [witnesses, oracle] + operators.map { evaluators[$0] })
          .joined(separator: " ")
      }
    }
  }

  /// The digest for a model of these operators.
  package func text(_ half: Half, for operators: [String]) -> String { digest(half, operators) }

  private static let kernels = "/CPUBackend/Operators"
  private static let evaluators = "/Oracle/Operators"

  /// What runs and judges; reports are left out, and the oracle, whose results are the goldens.
  private static let common = [
    "BackendABI", "BackendHost", "CPUBackend", "CPUKernels", "ModelFormat", "NumericFormats",
    "GoldenStore", "Proof/DataQuality", "Proof/Execution", "Proof/Outcomes", "Runner/Judging",
    "Spec", "Tensors", "Variants", "Verification",
  ]
  private static let faults = ["Saboteur"]
  private static let witnesses = ["Witnesses"]
  private static let oracle = ["Oracle", "ExtendedArithmetic"]

  private static func digest(of folders: [String], in sources: String) throws(ProofError) -> String
  {
    var paths: [String] = []
    for folder in folders {
      for path in try SourceFiles.paths(under: "\(sources)/\(folder)")
      where !isOperatorFile(path.dropFirst(sources.count)) {
        paths.append(path)
      }
    }
    return try digest(of: paths)
  }

  /// Whether a file belongs to one operator: it lies in the folder of a family.
  private static func isOperatorFile(_ path: Substring) -> Bool {
    [kernels, evaluators].contains {
      path.hasPrefix($0 + "/") && path.dropFirst($0.count + 1).contains("/")
    }
  }

  private static func digest(of paths: [String]) throws(ProofError) -> String {
    var hash = SHA256()
    for path in paths {
      hash.update(separated: path.split(separator: "/").suffix(3).joined(separator: "/"))
      hash.update(separated: try SourceFiles.digest(of: path))
    }
    return SHA256.hexadecimal(hash.digest())
  }

  /// The operators of nodes that faults make.
  private static func operatorsAdded(by folder: String) throws(ProofError) -> Set<String> {
    var names: Set<String> = []
    for path in try SourceFiles.paths(under: folder) {
      let text = String(decoding: try SourceFiles.bytes(of: path), as: UTF8.self)
      for part in text.split(separator: "operatorName: \"").dropFirst() {
        names.insert(String(part.prefix { $0 != "\"" }))
      }
    }
    return names
  }
}

/// The functions that faults put in place of operators, by operator.
private struct MutantFunctions: Sendable {
  private var digests: [String: String] = [:]
  private var called: [String: [String]] = [:]

  init(folder: String, kernels: Set<String>) throws(ProofError) {
    for path in try SourceFiles.paths(under: folder) {
      let name = String((path.split(separator: "/").last ?? "").prefix { $0 != "." })
      let bytes = try SourceFiles.bytes(of: path)
      digests[name] = SHA256.hexadecimal(SHA256.digest(of: bytes))
      let words = String(decoding: bytes, as: UTF8.self).split { !($0.isLetter || $0.isNumber) }
      called[name] = Set(words.map { String($0) }).intersection(kernels).sorted()
    }
  }

  /// The digest of the functions of an operator; empty where it has none.
  func digest(of name: String) -> String { digests[name] ?? "" }

  /// The operators that they call.
  func operators(of name: String) -> [String] { called[name] ?? [] }
}
