import ModelFormat
import Tensors
import Testing

/// Bytes of a hexadecimal string.
func bytes(hex: String) -> [UInt8] {
  let digits = Array(hex.utf8)
  return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
    UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
  }
}

func floats(_ values: [Float], shape: Shape) throws -> Tensor {
  var bytes: [UInt8] = []
  for value in values {
    let bits = value.bitPattern
    bytes += [
      UInt8(bits & 255), UInt8(bits >> 8 & 255), UInt8(bits >> 16 & 255), UInt8(bits >> 24),
    ]
  }
  return try #require(Tensor(type: .f32, shape: shape, bytes: bytes))
}

func integers(_ values: [UInt8], shape: Shape) throws -> Tensor {
  let bytes = values.flatMap { [$0] + [UInt8](repeating: 0, count: 7) }
  return try #require(Tensor(type: .i64, shape: shape, bytes: bytes))
}

/// A tensor of six elements with a recognisable byte pattern; bits behind the last element are 0.
func sample(_ type: ElementType) throws -> Tensor {
  if type == .string {
    return try #require(
      Tensor(shape: [2, 3], strings: ["a", "", "ä\n", "\"q\"", "back\\slash", "🙂"]))
  }
  if type == .bool {
    return try #require(Tensor(type: .bool, shape: [2, 3], bytes: [0, 1, 1, 0, 1, 0]))
  }
  let bits = 6 * type.bitWidth
  var bytes = (0..<(bits + 7) / 8).map { UInt8(truncatingIfNeeded: 0x11 + 0x27 * $0) }
  if bits % 8 > 0 { bytes[bytes.count - 1] &= UInt8((1 << (bits % 8)) - 1) }
  return try #require(Tensor(type: type, shape: [2, 3], bytes: bytes))
}

/// A model that uses every part of the format this package keeps.
func richModel() throws -> Model {
  let branch = Graph(
    name: "branch", nodes: [Node(operatorName: "Neg", inputs: ["x"], outputs: ["negated"])],
    inputs: [], outputs: [ValueInfo(name: "negated", type: .tensor(.f32), shape: nil)])
  var other = branch
  other.nodes[0].outputs = ["other"]
  other.outputs[0].name = "other"
  let sparse = SparseTensor(
    shape: [2, 3], values: try floats([1, 2], shape: [2]),
    indices: try integers([1, 5], shape: [2]))
  let everything: [String: Attribute] = [
    "f": .float(0.1), "fs": .floats([1, -0.5]), "i": .int(-7), "is": .ints([.min, .max]),
    "s": .string("tëxt"), "ss": .strings(["", "b"]), "t": .tensor(try sample(.i4)),
    "ts": .tensors([try sample(.f16), try sample(.string)]), "sp": .sparse(sparse),
    "sps": .sparseTensors([sparse]), "g": .graph(branch), "gs": .graphs([other]),
    "tp": .type(.sequence(.tensor(.f32))),
    "tps": .types([.optional(.tensor(.i64)), .map(key: .string, value: .tensor(.f32))]),
  ]
  let body = Node(
    operatorName: "LeakyRelu", inputs: ["p"], outputs: ["q"],
    attributes: ["alpha": .reference("slope", kind: .float)])
  return Model(
    irVersion: 10, opsetImports: ["": 21, "local": 1], producerName: "tests",
    graph: Graph(
      name: "main",
      nodes: [
        Node(name: "first", operatorName: "Add", inputs: ["x", "w"], outputs: ["a"]),
        Node(
          operatorName: "Leak", domain: "local", overload: "v1", inputs: ["a", "", "x"],
          outputs: ["b", "", "c"], attributes: everything),
      ],
      inputs: [
        ValueInfo(
          name: "x", type: .tensor(.f32), shape: [.symbolic("N"), .fixed(2), .unknown]),
        ValueInfo(name: "s", type: .sequence(.tensor(.i64)), shape: []),
      ],
      outputs: [ValueInfo(name: "c", type: .tensor(.f32)), ValueInfo(name: "b", type: nil)],
      initializers: [Initializer(name: "w", tensor: try floats([1, 2], shape: [2, 1]))],
      valueInfo: [ValueInfo(name: "a", type: .tensor(.f32), shape: [.unknown])]),
    functions: [
      LocalFunction(
        name: "Leak", domain: "local", overload: "v1", inputs: ["p"], outputs: ["q"],
        attributeNames: ["needed"], attributeDefaults: ["slope": .float(0.01)], nodes: [body],
        opsetImports: ["": 21])
    ])
}
