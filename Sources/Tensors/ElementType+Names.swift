extension ElementType {
  /// The short name used in case ids and case files, e.g. `f32`, `e4m3fn`.
  ///
  /// Spelt out: the text that reflection makes of a case costs microseconds, and ids need it often.
  package var name: String {
    switch self {
    case .f32: "f32"
    case .f64: "f64"
    case .f16: "f16"
    case .bf16: "bf16"
    case .u2: "u2"
    case .u4: "u4"
    case .u8: "u8"
    case .u16: "u16"
    case .u32: "u32"
    case .u64: "u64"
    case .i2: "i2"
    case .i4: "i4"
    case .i8: "i8"
    case .i16: "i16"
    case .i32: "i32"
    case .i64: "i64"
    case .string: "string"
    case .bool: "bool"
    case .c64: "c64"
    case .c128: "c128"
    case .e4m3fn: "e4m3fn"
    case .e4m3fnuz: "e4m3fnuz"
    case .e5m2: "e5m2"
    case .e5m2fnuz: "e5m2fnuz"
    case .e8m0: "e8m0"
    case .e2m1: "e2m1"
    case .e2m3: "e2m3"
    case .e3m2: "e3m2"
    }
  }

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
