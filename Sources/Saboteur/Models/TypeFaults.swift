import ModelFormat
import NumericFormats
import Spec
import Tensors
import Variants

/// Faults in the type an operator computes in.
extension FaultFamily {
  var typeFaults: [Fault] {
    [
      through(.f32, "via-f32", .precision, 34) { $0 == .f64 },
      through(.f16, "via-f16", .precision, 52) { $0.isFloat(wider: .f16) },
      through(.bf16, "via-bf16", .precision, 52) { $0.isFloat(wider: .bf16) },
      through(.i32, "via-i32", .special, 68) { $0.isInteger(atLeast: 64) },
      through(.f32, "integers-via-f32", .special, 69) { $0.isInteger(atLeast: 32) },
      fault(
        "integers-saturate", .special, 66, "integer results stop at the limits of their type",
        by: .values
      ) { site in
        guard let type = site.outputTypes.first, type.isInteger, type.bitWidth < 64,
          let wide = site.computing(in: .i64, from: { $0 == type }, castingBack: false)
        else { return nil }
        return Plan(model: wide, output: { tensor, _ in tensor.saturated(to: type) })
      },
    ] + conversions
  }

  /// Faults of operators whose results have another type than their inputs.
  private var conversions: [Fault] {
    [
      conversion("conversion-truncates", 76, "narrower floats are cut off instead of rounded") {
        input, output in
        guard input.precision > output.precision else { return nil }
        return { output.roundTowardZero($0) }
      },
      conversion("conversion-rounds-twice", 77, "narrower floats are rounded in two steps") {
        input, output in
        let steps: [FloatFormat] = [.f32, .f16]
        guard
          let step = steps.first(where: {
            $0.precision < input.precision && $0.precision > output.precision
              && $0.maxExponent >= output.maxExponent
          })
        else { return nil }
        return { step.round($0) }
      },
      fault(
        "rounds-for-truncation", .special, 76, "floats become integers by rounding", by: .values
      ) { site in
        guard site.outputTypes.allSatisfy(\.isInteger), site.inputTypes.contains(where: \.isFloat)
        else { return nil }
        return Plan(input: { $0.tensor.mappingFloats { $0.rounded(.toNearestOrEven) } })
      },
    ]
  }

  private func conversion(
    _ name: String, _ number: Int, _ summary: String,
    _ change: @escaping @Sendable (FloatFormat, FloatFormat) -> (@Sendable (Double) -> Double)?
  ) -> Fault {
    fault(name, .special, number, summary, by: .values) { site in
      guard let input = site.inputTypes.first?.floatFormat,
        let output = site.outputTypes.first?.floatFormat, let map = change(input, output)
      else { return nil }
      return Plan(input: { operand in
        operand.tensor.type.floatFormat == input
          ? operand.tensor.mappingFloats(map) : operand.tensor
      })
    }
  }

  private func through(
    _ type: ElementType, _ name: String, _ severity: VariantProfile.Severity, _ number: Int,
    from types: @escaping @Sendable (ElementType) -> Bool
  ) -> Fault {
    model(
      name, severity, number, "the operator computes in \(type.name), inputs and results converted",
      by: .values
    ) { site in
      site.computing(in: type, from: types, castingBack: true)
    }
  }
}

extension Site {
  /// The model with its only operator in another type.
  ///
  /// Every input of one type variable that may also stand for the other type is cast; so are the
  /// outputs of that variable, back again or left in the other type. Nil where there is none.
  func computing(
    in type: ElementType, from types: (ElementType) -> Bool, castingBack: Bool
  ) -> Model? {
    guard var node = onlyNode, let schema = schema(of: node) else { return nil }
    let positions = node.inputs.indices
    guard
      let variable = schema.typeVariables.first(where: { variable in
        variable.allows(.tensor(type))
          && positions.contains {
            schema.input(at: $0)?.type == .variable(variable.name)
              && self.type(of: node.inputs[$0]).map(types) == true
          }
      })
    else { return nil }
    let formal = FormalParameter.FormalType.variable(variable.name)
    var before: [Node] = []
    var after: [Node] = []
    var model = model
    for position in positions
    where schema.input(at: position)?.type == formal && !node.inputs[position].isEmpty {
      let name = "assay.in.\(position)"
      before.append(.cast(node.inputs[position], to: type, as: name))
      node.inputs[position] = name
    }
    for position in node.outputs.indices
    where schema.output(at: position)?.type == formal && !node.outputs[position].isEmpty {
      let output = node.outputs[position]
      guard castingBack else {
        model.declare(output, as: type)
        continue
      }
      guard let original = self.type(of: output) else { return nil }
      node.outputs[position] = "assay.out.\(position)"
      after.append(.cast(node.outputs[position], to: original, as: output))
    }
    model.graph.nodes = before + [node] + after
    return model
  }
}

extension Model {
  fileprivate mutating func declare(_ output: String, as type: ElementType) {
    for index in graph.outputs.indices where graph.outputs[index].name == output {
      graph.outputs[index].type = .tensor(type)
    }
  }
}

extension Node {
  fileprivate static func cast(_ input: String, to type: ElementType, as output: String) -> Node {
    Node(
      operatorName: "Cast", inputs: [input], outputs: [output],
      attributes: ["to": .int(Int64(type.rawValue))])
  }
}

extension Tensor {
  /// Integers of a wider type as the nearest ones of another.
  fileprivate func saturated(to type: ElementType) -> Tensor {
    guard case .integer(let bits, let isSigned) = type.meaning, let values = integers else {
      return self
    }
    let span = Int128(1) << Int128(bits)
    let least = isSigned ? -span / 2 : 0
    let clamped = values.map { min(max($0, least), least + span - 1) }
    return Tensor(type: type, shape: shape, wrapping: clamped) ?? self
  }
}
