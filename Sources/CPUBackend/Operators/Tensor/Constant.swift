import ModelFormat
import Tensors

/// A tensor that the model holds in one of the attributes.
///
/// Sparse tensors are written out; those of strings or packed types are not implemented.
enum ConstantKernel: OperatorKernel {
  static let name = "Constant"
  static let versions = [9, 11, 12, 13, 19, 21, 23, 24, 25]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try tensor(declaration.attributes).type)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    [.tensor(try tensor(call.attributes))]
  }

  private static func tensor(_ attributes: Attributes) throws(KernelError) -> Tensor {
    guard attributes.values.count == 1, let value = attributes.values.first?.value else {
      throw .invalidModel("\(attributes.values.count) attributes, exactly one is needed")
    }
    switch value {
    case .tensor(let tensor): return tensor
    case .sparse(let sparse):
      do throws(ModelError) {
        return try sparse.dense()
      } catch .unsupported(_, let feature) {
        throw .unsupported(.type, feature)
      } catch {
        throw .invalidModel("\(error)")
      }
    case .float(let number): return try .of(.f32, [], [number])
    case .floats(let numbers): return try .of(.f32, [numbers.count], numbers)
    case .int(let number): return try .of(.i64, [], [number])
    case .ints(let numbers): return try .of(.i64, [numbers.count], numbers)
    case .string(let text): return try .of(strings: [text], [])
    case .strings(let texts): return try .of(strings: texts, [texts.count])
    default: throw .invalidModel("an attribute of another kind than Constant has")
    }
  }
}
