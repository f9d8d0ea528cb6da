import ModelFormat

/// What all graphs of one model share while it is compiled.
final class CompileContext {
  /// Nodes a model may have once its functions are in place; a chain of functions that each call
  /// the next one twice would otherwise grow without bound.
  static let nodeLimit = 1_000_000
  /// Nested subgraphs and functions; each level takes stack while running.
  static let depthLimit = 48

  /// A function's name within a model.
  struct FunctionKey: Hashable {
    let domain: String
    let name: String
    let overload: String
  }

  let functions: [FunctionKey: LocalFunction]
  /// Functions being compiled, outermost first.
  private(set) var callStack: [FunctionKey] = []
  /// Nodes that are computed by a substitute.
  private(set) var substituteCount = 0
  private let substitution: (any KernelSubstitution)?
  private var nodeCount = 0
  private var depth = 0

  init(
    _ model: Model, substitution: (any KernelSubstitution)? = nil
  ) throws(KernelError) {
    self.substitution = substitution
    var functions: [FunctionKey: LocalFunction] = [:]
    for function in model.functions {
      let key = FunctionKey(
        domain: Self.canonical(function.domain), name: function.name, overload: function.overload)
      guard functions.updateValue(function, forKey: key) == nil else {
        throw .invalidModel("function \(function.domain).\(function.name) is defined twice")
      }
    }
    self.functions = functions
  }

  /// The default domain has two spellings.
  static func canonical(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }

  func countNode() throws(KernelError) {
    nodeCount += 1
    guard nodeCount <= Self.nodeLimit else {
      throw .unsupported(
        .construct, "more than \(Self.nodeLimit) nodes after functions are put in place")
    }
  }

  /// What the step of an accepted node does.
  func action(
    for kernel: any OperatorKernel.Type, _ declaration: Declaration
  ) -> Program.Action {
    guard let substitute = substitution?.substitute(for: kernel, declaration) else {
      return .kernel(kernel)
    }
    substituteCount += 1
    return .substitute(substitute, for: kernel)
  }

  /// Runs the body one level deeper.
  func nested<Result>(
    _ body: () throws(KernelError) -> Result
  ) throws(KernelError) -> Result {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw .unsupported(.construct, "subgraphs or functions nest deeper than \(Self.depthLimit)")
    }
    return try body()
  }

  /// Runs the body with the function on the call stack.
  func calling<Result>(
    _ key: FunctionKey, _ body: () throws(KernelError) -> Result
  ) throws(KernelError) -> Result {
    guard !callStack.contains(key) else {
      throw .invalidModel("function \(key.name) calls itself")
    }
    callStack.append(key)
    defer { callStack.removeLast() }
    return try nested(body)
  }
}
