import ModelFormat
import Tensors

@testable import BackendHost

/// The one model the faulty backend supports, with inputs whose sums are exact in binary32.
enum AddCase {
  static let shape: Shape = [2, 3]
  static let sum = tensor([11, 22, 33, 44, 55, 66])

  static func tensor(_ values: [Double], shape: Shape = shape) -> Value {
    guard let tensor = Tensor(type: .f32, shape: shape, rounding: values) else {
      preconditionFailure("\(values.count) values do not fill \(shape)")
    }
    return .tensor(tensor)
  }

  static func model(operator name: String = "Add", shape: Shape = shape) throws -> [UInt8] {
    let dimensions = shape.map { Dimension.fixed($0) }
    let values = ["a", "b", "sum"].map {
      ValueInfo(name: $0, type: .tensor(.f32), shape: dimensions)
    }
    return try Model.singleNode(
      operator: name, opset: 14, inputs: Array(values[..<2]), outputs: [values[2]]
    ).encoded()
  }

  static func request(repetitions: Int = 1, limit: Duration = .seconds(20)) throws -> CaseRequest {
    CaseRequest(
      model: try model(),
      inputs: [tensor([1, 2, 3, 4, 5, 6]), tensor([10, 20, 30, 40, 50, 60])],
      repetitions: repetitions, compileLimit: limit, runLimit: limit)
  }

  /// Another case, with a sum of its own.
  static func request(number: Int) throws -> CaseRequest {
    var request = try request()
    request.inputs = [
      tensor((0..<6).map { Double($0 + number) }), tensor([Double](repeating: 0.5, count: 6)),
    ]
    return request
  }

  static func sum(number: Int) -> Value { tensor((0..<6).map { Double($0 + number) + 0.5 }) }
}
