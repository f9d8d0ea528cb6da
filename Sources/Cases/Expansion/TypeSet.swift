import Spec
import Tensors

/// Words that stand for several element types in `for:`.
enum TypeSet: String, CaseIterable {
  /// Every type the schema allows.
  case schema
  case floats, float8, microscaling, integers, signed, unsigned
  case smallIntegers = "small-integers"
  case numbers, complex
  /// Containers that the schema allows; `tensors` alone also stands for every element type.
  case tensors, sequences, optionals
  case optionalSequences = "optional-sequences"

  /// Whether the set is about what holds the elements.
  var isOfContainers: Bool {
    switch self {
    case .tensors, .sequences, .optionals, .optionalSequences: true
    case .schema, .floats, .float8, .microscaling, .integers, .signed, .unsigned, .smallIntegers,
      .numbers, .complex:
      false
    }
  }

  func contains(_ type: ValueType) -> Bool {
    switch (self, type) {
    case (.schema, _), (.tensors, .tensor), (.sequences, .sequence),
      (.optionals, .optional(.tensor)),
      (.optionalSequences, .optional(.sequence)):
      true
    case (_, .tensor(let element)): contains(element)
    case (_, .sequence), (_, .optional), (_, .map): false
    }
  }

  func contains(_ type: ElementType) -> Bool {
    switch self {
    case .schema: true
    case .floats: [.f16, .bf16, .f32, .f64].contains(type)
    case .float8: [.e4m3fn, .e4m3fnuz, .e5m2, .e5m2fnuz].contains(type)
    case .microscaling: [.e8m0, .e2m1, .e2m3, .e3m2].contains(type)
    case .integers: type.isInteger && type.bitWidth >= 8
    case .signed: [.i8, .i16, .i32, .i64].contains(type)
    case .unsigned: [.u8, .u16, .u32, .u64].contains(type)
    case .smallIntegers: type.isInteger && type.bitWidth < 8
    case .numbers: Self.floats.contains(type) || Self.integers.contains(type)
    case .complex: [.c64, .c128].contains(type)
    case .tensors: true
    case .sequences, .optionals, .optionalSequences: false
    }
  }
}
