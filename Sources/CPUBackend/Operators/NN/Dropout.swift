import Tensors

/// The input itself; in training with random elements set to zero and the others scaled by
/// 1 / (1 - ratio).
///
/// The second output tells which elements are kept, all of them in inference. Before version 12
/// there is only inference.
enum DropoutKernel: OperatorKernel {
  static let name = "Dropout"
  static let versions = [7, 10, 12, 13, 22]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let data = try call.tensor(0)
    guard call.version >= 12, try isTraining(call) else { return try inference(data, call) }
    let ratio = try ratio(call)
    guard ratio > 0 else { return try inference(data, call) }
    var stream = try RandomStream(call, name: "Dropout")
    var kept: [UInt8] = []
    var values: [Double] = []
    for value in try data.reals(Double.self) {
      let isKept = stream.nextUnit() >= ratio
      kept.append(isKept ? 1 : 0)
      values.append(isKept ? value / (1 - ratio) : 0)
    }
    return [
      .tensor(try .rounding(values, to: data.type, data.shape)),
      .tensor(try .of(.bool, data.shape, kept)),
    ]
  }

  private static func inference(_ data: Tensor, _ call: Call) throws(KernelError) -> [Value] {
    guard call.wants(1) else { return [.tensor(data)] }
    let mask: Tensor =
      call.version < 10
      ? try .rounding([Float](repeating: 1, count: data.count), to: data.type, data.shape)
      : try .of(.bool, data.shape, [UInt8](repeating: 1, count: data.count))
    return [.tensor(data), .tensor(mask)]
  }

  private static func isTraining(_ call: Call) throws(KernelError) -> Bool {
    guard let mode = try call.optionalTensor(2) else { return false }
    guard mode.shape.isEmpty, let value = mode.bytes.first else {
      throw .invalidInput("training_mode has the shape \(mode.shape), a scalar is needed")
    }
    return value != 0
  }

  private static func ratio(_ call: Call) throws(KernelError) -> Double {
    guard let tensor = try call.optionalTensor(1) else { return 0.5 }
    guard tensor.shape.isEmpty, let value = try tensor.reals(Double.self).first else {
      throw .invalidInput("ratio has the shape \(tensor.shape), a scalar is needed")
    }
    guard value >= 0, value < 1 else {
      throw .invalidInput("the ratio \(value) lies outside of [0, 1)")
    }
    return value
  }
}
