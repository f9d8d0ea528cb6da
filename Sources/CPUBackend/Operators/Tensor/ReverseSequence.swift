import Tensors

/// The first elements of each sequence in reverse order; time and batch are the first two axes.
enum ReverseSequenceKernel: OperatorKernel {
  static let name = "ReverseSequence"
  static let versions = [10, 28]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try timeAxis(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let time = try timeAxis(call.attributes)
    guard x.shape.count >= 2 else { throw .invalidInput("rank \(x.shape.count) is below 2") }
    let lengths = try call.integers(1) ?? []
    guard lengths.count == x.shape[1 - time],
      lengths.allSatisfy({ $0 >= 0 && $0 <= x.shape[time] })
    else { throw .invalidInput("lengths \(lengths) do not fit shape \(x.shape)") }
    let size = x.shape[2...].reduce(1) { $0 &* $1 }
    let strides = time == 0 ? (x.shape[1] &* size, size) : (size, x.shape[1] &* size)
    var positions: [Int] = []
    positions.reserveCapacity(x.count)
    for first in 0..<x.shape[0] {
      for second in 0..<x.shape[1] {
        let (step, sequence) = time == 0 ? (first, second) : (second, first)
        let source = step < lengths[sequence] ? lengths[sequence] - 1 - step : step
        let start = source * strides.0 + sequence * strides.1
        positions.append(contentsOf: start..<start + size)
      }
    }
    return [.tensor(try Selection(positions).tensor(of: x, shape: x.shape))]
  }

  private static func timeAxis(_ attributes: Attributes) throws(KernelError) -> Int {
    let time = try attributes.int("time_axis", default: 0)
    let batch = try attributes.int("batch_axis", default: 1)
    guard (time == 0 && batch == 1) || (time == 1 && batch == 0) else {
      throw .invalidModel("time_axis \(time) and batch_axis \(batch) must be 0 and 1")
    }
    return time
  }
}
