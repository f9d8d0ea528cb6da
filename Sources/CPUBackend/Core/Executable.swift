package import ModelFormat
package import Tensors

/// A model compiled for this backend; it may run on several threads at once.
package struct Executable: Sendable {
  private let program: Program
  private let interface: ModelInterface
  private let resources: Resources
  /// Nodes that are computed by a substitute, those of bodies and of every call of a function
  /// included.
  package let substituteCount: Int

  /// Checks a model against the standard and compiles it.
  ///
  /// - Parameter substitution: what computes some operators in another way.
  /// - Throws: `invalidModel` when the model breaks the standard, `unsupported` when this backend
  ///   cannot run it.
  package init(
    _ model: Model, resources: Resources, substitution: (any KernelSubstitution)? = nil
  ) throws(KernelError) {
    self.resources = resources
    try Self.checkVersions(of: model)
    let context = try CompileContext(model, substitution: substitution)
    try FunctionCheck.check(model.functions)
    let builder = ProgramBuilder(
      context: context, parent: nil, opsets: model.opsetImports, bindings: [:])
    program = try builder.build(model.graph)
    interface = try ModelInterface(model.graph)
    substituteCount = context.substituteCount
  }

  /// Decodes serialised ONNX and compiles it.
  package init(onnx bytes: [UInt8], resources: Resources) throws(KernelError) {
    let model: Model
    do throws(ModelError) {
      model = try Model(decoding: bytes)
    } catch {
      throw KernelError(error)
    }
    try self.init(model, resources: resources)
  }

  /// Runs the model on its inputs, in the order of the graph's inputs.
  ///
  /// Nil leaves an input to its initializer; inputs with one may also all be left out.
  package func execute(_ inputs: [Value?]) throws(KernelError) -> [Value] {
    let arguments = try interface.arguments(for: inputs)
    let results = try program.run(inputs: arguments, captured: [], resources: resources)
    try interface.check(outputs: results)
    return results
  }

  /// The declared types of the graph's inputs.
  package var inputTypes: [ValueType] { interface.inputTypes }

  /// The oldest and the newest IR version of a model that is understood.
  static let irVersions: ClosedRange<Int64> = 3...14

  private static func checkVersions(of model: Model) throws(KernelError) {
    guard model.irVersion >= 1 else { throw .invalidModel("the model has no IR version") }
    guard irVersions.contains(model.irVersion) else {
      throw .unsupported(
        .opset, "IR version \(model.irVersion) is outside \(irVersions)")
    }
    guard !model.opsetImports.isEmpty else {
      throw .invalidModel("the model imports no operator set")
    }
    try checkOpsets(model.opsetImports)
    for function in model.functions { try checkOpsets(function.opsetImports) }
  }

  private static func checkOpsets(_ imports: [String: Int64]) throws(KernelError) {
    for (name, version) in imports.sorted(by: { $0.key < $1.key }) {
      let domain = CompileContext.canonical(name)
      guard version >= 1 else {
        throw .invalidModel("operator set \(version) of domain \"\(domain)\" does not exist")
      }
      if let newest = SignatureTable.newestOpset[domain], version > newest {
        throw .unsupported(
          .opset, "operator set \(version) of domain \"\(domain)\"; the newest is \(newest)")
      }
    }
  }
}

extension KernelError {
  /// What a model that cannot be decoded means to the caller of `compile`.
  package init(_ error: ModelError) {
    switch error {
    case .unsupported, .limit: self = .unsupported(.construct, error.description)
    case .wire, .content, .external, .text: self = .invalidModel(error.description)
    }
  }
}
