import Tensors

/// The values of a map as a tensor: in the order of the keys, or at the places that they name.
///
/// Numbers that become integers are cut off towards zero; places without a key hold zero, or an
/// empty text.
enum CastMapKernel: OperatorKernel {
  static let name = "CastMap"
  static let domain = "ai.onnx.ml"
  static let versions = [1]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try target(declaration.attributes))]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let target = try target(call.attributes)
    let form = try call.attributes.choice(
      "map_form", of: ["DENSE", "SPARSE"], default: "DENSE")
    let (keys, values) = try call.map(0)
    let numbers = keys.wideIntegers
    let positions =
      form == "DENSE"
      ? numbers.indices.sorted { numbers[$0] < numbers[$1] }
      : try places(numbers, length: try call.int("max_map", default: 1))
    let result = try Selection(positions).tensor(
      of: try cast(values, to: target), fill: try .nothing(target), shape: [positions.count])
    return [.tensor(result)]
  }

  private static func target(_ attributes: Attributes) throws(KernelError) -> ElementType {
    let words = ["TO_FLOAT", "TO_STRING", "TO_INT64"]
    switch try attributes.choice("cast_to", of: words, default: words[0]) {
    case "TO_STRING": return .string
    case "TO_INT64": return .i64
    default: return .f32
    }
  }

  /// Which value stands at each place.
  private static func places(_ keys: [Int64], length: Int) throws(KernelError) -> [Int] {
    _ = try Allocation.count(of: [length], type: .i64)
    var places = [Int](repeating: Selection.filled, count: length)
    for (position, key) in keys.enumerated() {
      guard key >= 0, key < length else {
        throw .invalidInput("the key \(key) is no place among \(length)")
      }
      places[Int(key)] = position
    }
    return places
  }

  private static func cast(
    _ values: Tensor, to target: ElementType
  ) throws(KernelError) -> Tensor {
    if values.type == target { return values }
    let numbers =
      values.type == .string ? try parsed(values.strings) : try values.reals(Double.self)
    switch target {
    case .string: return try .of(strings: numbers.map { "\(Float($0))" }, values.shape)
    case .i64:
      var whole: [Int64] = []
      for number in numbers {
        guard let value = Int64(exactly: number.rounded(.towardZero)) else {
          throw .invalidInput("\(number) is no integer")
        }
        whole.append(value)
      }
      return try .of(.i64, values.shape, whole)
    default: return try .rounding(numbers, to: .f32, values.shape)
    }
  }

  private static func parsed(_ texts: [String]) throws(KernelError) -> [Double] {
    var numbers: [Double] = []
    for text in texts {
      guard let number = Double(text) else { throw .invalidInput("\"\(text)\" is no number") }
      numbers.append(number)
    }
    return numbers
  }
}
