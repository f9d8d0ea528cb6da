package import ModelFormat
package import Tensors
package import Verification

/// One model with inputs whose outputs tell how a backend computes.
package struct Probe: Sendable {
  package let family: ProbeRecord.Family
  package let operatorName: String
  /// The type of the numbers.
  package let type: ElementType
  /// The fields it is for, reported as not measured where there is no answer.
  package let fields: [ProbeRecord.Field]
  package let model: Model
  /// In the order of the inputs of the graph.
  package let inputs: [Tensor]
  /// What the outputs mean; empty when they decide nothing.
  package let decode: @Sendable ([Tensor]) -> [Finding]

  /// The operator set of every probe: the first with sums of all integer types.
  static let opset: Int64 = 14

  init(
    _ family: ProbeRecord.Family, _ call: ProbeCall, type: ElementType,
    fields: [ProbeRecord.Field], decode: @escaping @Sendable ([Tensor]) -> [Finding]
  ) {
    self.family = family
    operatorName = call.operatorName
    self.type = type
    self.fields = fields
    model = call.model
    inputs = call.inputs
    self.decode = decode
  }
}

/// A call of one operator on tensors, some of which are constants of the model.
struct ProbeCall {
  let operatorName: String
  var attributes: [String: Attribute] = [:]
  /// The tensors that are fed.
  let inputs: [Tensor]
  /// The tensors behind them that are part of the model.
  var constants: [Tensor] = []
  let outputType: ElementType
  let outputShape: Shape

  var model: Model {
    func name(_ position: Int) -> String { "x\(position)" }
    let initializers = constants.enumerated().map {
      Initializer(name: name(inputs.count + $0.offset), tensor: $0.element)
    }
    return Model.singleNode(
      operator: operatorName, opset: Probe.opset, attributes: attributes,
      inputs: (inputs + constants).enumerated().map {
        Self.declared(name($0.offset), $0.element.type, $0.element.shape)
      },
      outputs: [Self.declared("y", outputType, outputShape)], initializers: initializers)
  }

  private static func declared(_ name: String, _ type: ElementType, _ shape: Shape) -> ValueInfo {
    ValueInfo(name: name, type: .tensor(type), shape: shape.map { .fixed($0) })
  }
}
