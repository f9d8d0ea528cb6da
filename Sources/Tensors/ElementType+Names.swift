extension ElementType {
  /// The short name used in case ids and case files, e.g. `f32`, `e4m3fn`.
  package var name: String { "\(self)" }

  /// The type of the given short name.
  package init?(name: String) {
    guard let match = Self.byName[name] else { return nil }
    self = match
  }

  /// The name in ONNX type strings, e.g. `float` of `tensor(float)`.
  package var onnxName: String {
    switch self {
    case .f32: "float"
    case .f64: "double"
    case .f16: "float16"
    case .bf16: "bfloat16"
    case .u2: "uint2"
    case .u4: "uint4"
    case .u8: "uint8"
    case .u16: "uint16"
    case .u32: "uint32"
    case .u64: "uint64"
    case .i2: "int2"
    case .i4: "int4"
    case .i8: "int8"
    case .i16: "int16"
    case .i32: "int32"
    case .i64: "int64"
    case .string: "string"
    case .bool: "bool"
    case .c64: "complex64"
    case .c128: "complex128"
    case .e4m3fn: "float8e4m3fn"
    case .e4m3fnuz: "float8e4m3fnuz"
    case .e5m2: "float8e5m2"
    case .e5m2fnuz: "float8e5m2fnuz"
    case .e8m0: "float8e8m0"
    case .e2m1: "float4e2m1"
    case .e2m3: "float6e2m3"
    case .e3m2: "float6e3m2"
    }
  }

  /// The type of the given ONNX name, e.g. `float`.
  package init?(onnxName: String) {
    guard let match = Self.byONNXName[onnxName] else { return nil }
    self = match
  }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
  private static let byONNXName = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.onnxName, $0) })
}
