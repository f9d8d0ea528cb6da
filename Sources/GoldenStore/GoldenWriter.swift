import CanonicalJSON
import Cases
import Spec
import Tensors

/// Writes goldens as columns of a safetensors file, with one JSON description per case.
struct GoldenWriter {
  private(set) var file = SafetensorsWriter()
  /// The values written so far by path, which a body shares with its node.
  private var values: [String: RealColumn] = [:]
  private var tensors: [String: [Tensor]] = [:]

  /// Adds the golden of a case under its id.
  mutating func append(_ golden: Golden, id: String) {
    var description: JSONObject = [
      "outputs": .array(golden.outputs.enumerated().map { describe($1, "\(id)/\($0)") })
    ]
    if let flushed = golden.flushedOutputs {
      description["flushed"] = .array(
        flushed.enumerated().map { describe($1, "\(id)/flushed/\($0)") })
    }
    file.setMetadata(id, JSON.object(description).canonicalText)
  }

  private mutating func describe(_ output: GoldenOutput, _ path: String) -> JSON {
    var alternatives: [JSON] = []
    for (position, value) in output.alternatives.enumerated() {
      alternatives.append(describe(value, position == 0 ? path : "\(path)/or\(position)"))
    }
    return .object(["name": .string(output.name), "alternatives": .array(alternatives)])
  }

  private mutating func describe(_ value: GoldenValue, _ path: String) -> JSON {
    switch value {
    case .tensor(let tensor): return describe(tensor, path)
    case .sequence(let values, let element):
      var members: [JSON] = []
      for (position, value) in values.enumerated() {
        members.append(describe(value, "\(path)/\(position)"))
      }
      return .object(["sequence": .array(members), "element": .string(element.description)])
    case .optional(let content, let type):
      var members: JSONObject = ["optional": .string(type.description)]
      if let content { members["value"] = describe(content, path + "/value") }
      return .object(members)
    case .map(let keys, let values):
      let names = GoldenTensor(type: keys.type, shape: keys.shape, columns: .exact(keys))
      return .object([
        "keys": describe(names, path + "/keys"), "values": describe(values, path + "/values"),
      ])
    case .undefined(let type, let shape):
      var members: JSONObject = ["undefined": .string(type.description)]
      if let shape { members["shape"] = .array(shape.map { .integer(Int64($0)) }) }
      return .object(members)
    }
  }

  private mutating func describe(_ tensor: GoldenTensor, _ path: String) -> JSON {
    var members: JSONObject = [
      "type": .string(tensor.type.name),
      "shape": .array(tensor.shape.map { .integer(Int64($0)) }),
      "class": .string(tensor.columns.accuracyClass.rawValue),
    ]
    if tensor.signedZero { members["signedZero"] = .bool(true) }
    if tensor.required != .none { members["required"] = described(tensor.required) }
    if !tensor.undefined.isEmpty {
      file.append("\(path)/undefined", type: .u8, bytes: tensor.undefined.map { $0 ? 1 : 0 })
    }
    return .object(members.merging(columns(tensor.columns, path)))
  }

  private mutating func columns(_ columns: GoldenColumns, _ path: String) -> JSONObject {
    switch columns {
    case .exact(let tensor): return codes([tensor], path)
    case .oneOf(let tensors):
      return codes(tensors, path).merging(["choices": .integer(Int64(tensors.count))])
    case .rounded(let reals): return stored(reals, path)
    case .elementwise(let reals, let budget):
      let members = stored(reals, path)
      append(budget.absolute, path + "/absolute")
      return described(budget).merging(members)
    case .accumulated(let reals, let side):
      let members = stored(reals, path)
      append(bounds: side.magnitude, path + "/S")
      append(bounds: side.productEnergy, path + "/Q2")
      append(bounds: side.pathEnergy, path + "/E")
      append(side.height, path + "/h")
      return described(side).merging(members)
    case .product(let reals, let range):
      let members = stored(reals, path)
      append(range.largest, path + "/largest")
      append(range.smallest, path + "/smallest")
      append(range.height, path + "/h")
      return members
    case .composite(let reals, let sensitivity):
      let members = stored(reals, path)
      append(sensitivity, path)
      return members
    case .model(let reals, let sensitivity, let rule):
      let members = stored(reals, path)
      append(sensitivity, path)
      return (rule.map(described) ?? [:]).merging(members)
    case .quantised(let column):
      append(column.value, path + "/v")
      append(column.lowest, path + "/lowest")
      append(column.highest, path + "/highest")
      append(column.sensitivity, path + "/sensitivity")
    case .selection(let column):
      file.append(
        path + "/indices", type: .i64,
        bytes: ColumnBytes.encode(column.indices, { UInt64(bitPattern: $0) }, width: 8))
      append(column.tieGroup, path + "/ties")
    case .random(let distribution): return described(distribution, path)
    }
    return [:]
  }

  private func described(_ rule: TokenRule) -> JSONObject {
    [
      "tokens": .array(rule.axes.map { .integer(Int64($0)) }), "logits": .bool(rule.isLogits),
    ]
  }

  private func described(_ required: RequiredPrecision) -> JSON {
    let bits =
      [required.factors, required.accumulator, required.truncating, required.compute]
      + (required.keepsRange ? [1] : [])
    return .array(bits.map { .integer(Int64($0)) })
  }

  private func described(_ side: Accumulation) -> JSONObject {
    var members: JSONObject = [:]
    if side.hasProducts { members["products"] = .bool(true) }
    if let bits = side.exactBits { members["exactBits"] = .integer(Int64(bits)) }
    if side.divisor != 1 { members["divisor"] = .integer(Int64(side.divisor)) }
    return members
  }

  private func described(_ budget: ElementwiseBudget) -> JSONObject {
    var members: JSONObject = ["ulps": .real(budget.ulps)]
    if let range = budget.range {
      members["range"] = .array([.real(range.lowerBound), .real(range.upperBound)])
    }
    return members
  }

  private mutating func described(_ distribution: Distribution, _ path: String) -> JSONObject {
    switch distribution {
    case .uniform(let low, let high): return ["uniform": .array([.real(low), .real(high)])]
    case .normal(let mean, let deviation):
      return ["normal": .array([.real(mean), .real(deviation)])]
    case .bernoulli(let probabilities):
      append(probabilities, path + "/p")
      return ["bernoulli": .bool(true)]
    case .categorical(let probabilities, let classes):
      return [
        "categorical": .array(probabilities.map { .real($0) }),
        "classes": .integer(Int64(clamping: classes)),
      ]
    }
  }

  private mutating func codes(_ tensors: [Tensor], _ path: String) -> JSONObject {
    if tensors.first?.type == .string {
      return ["strings": .array(tensors.map { .array($0.strings.map { .string($0) }) })]
    }
    if let node = Self.nodePath(of: path), self.tensors[node] == tensors {
      return ["values": .string(node)]
    }
    self.tensors[path] = tensors
    for (position, tensor) in tensors.enumerated() {
      file.append(
        position == 0 ? path + "/code" : "\(path)/code\(position)", type: .u8, bytes: tensor.bytes)
    }
    return [:]
  }

  /// Writes values, or says where those of the body's node are, when they are the same.
  private mutating func stored(_ reals: RealColumn, _ path: String) -> JSONObject {
    if let node = Self.nodePath(of: path), values[node] == reals {
      return ["values": .string(node)]
    }
    values[path] = reals
    append(reals.high, path + "/g")
    append(reals.low, path + "/g_lo")
    return [:]
  }

  /// The path of the same column of the one-node case; nil for what belongs to no body.
  static func nodePath(of path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let marker = "+" + ParameterForm.body.rawValue
    guard let index = parts.firstIndex(where: { $0.hasSuffix(marker) }) else { return nil }
    var names = parts.map { String($0) }
    names[index] = String(names[index].dropLast(marker.count))
    return names.joined(separator: "/")
  }

  private mutating func append(_ sensitivity: Sensitivity, _ path: String) {
    append(bounds: sensitivity.compute, path + "/compute")
    append(bounds: sensitivity.accumulate, path + "/accumulate")
    append(bounds: sensitivity.storage, path + "/storage")
    append(bounds: sensitivity.input, path + "/input")
    append(bounds: sensitivity.truncation, path + "/truncation")
  }

  private mutating func append(_ column: [Double], _ path: String) {
    guard !column.isEmpty else { return }
    file.append(
      path, type: .f64, bytes: ColumnBytes.encode(column, { $0.bitPattern }, width: 8))
  }

  private mutating func append(_ column: [Float], _ path: String) {
    guard !column.isEmpty else { return }
    file.append(
      path, type: .f32, bytes: ColumnBytes.encode(column, { UInt64($0.bitPattern) }, width: 4))
  }

  /// As float32 where that loses nothing, else as float64.
  private mutating func append(bounds column: [Double], _ path: String) {
    let narrow = column.map { Float($0) }
    if zip(narrow, column).allSatisfy({ Double($0) == $1 || $1.isNaN }) {
      append(narrow, path)
    } else {
      append(column, path)
    }
  }

  private mutating func append(_ column: [Int32], _ path: String) {
    guard !column.isEmpty else { return }
    file.append(
      path, type: .i32,
      bytes: ColumnBytes.encode(column, { UInt64(UInt32(bitPattern: $0)) }, width: 4))
  }
}
