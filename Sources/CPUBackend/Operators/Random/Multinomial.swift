import Glibc
import Tensors

/// Independent draws of classes with the probabilities exp(x − max) of each row, up to a factor.
enum MultinomialKernel: OperatorKernel {
  static let name = "Multinomial"
  static let versions = [7, 22]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try declaration.attributes.elementType("dtype") ?? .i32)]
  }

  static func check(_ declaration: Declaration) throws(KernelError) {
    let count = try declaration.attributes.int("sample_size", default: 1)
    guard count >= 0 else { throw .invalidModel("attribute sample_size is \(count)") }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard x.shape.count == 2 else { throw .invalidInput("the input has shape \(x.shape)") }
    let (rows, classes) = (x.shape[0], x.shape[1])
    let shape: Shape = [rows, try call.int("sample_size", default: 1)]
    let type = try call.attributes.elementType("dtype") ?? .i32
    let count = try Allocation.count(of: shape, type: .i64)
    let values = try x.reals(Double.self)
    var stream = try RandomStream(call, name: name)
    var draws: [Int64] = []
    draws.reserveCapacity(count)
    for row in 0..<rows where count > 0 {
      let sums = try cumulative(values[(row * classes)..<((row + 1) * classes)])
      for _ in 0..<shape[1] { draws.append(Int64(drawn(stream.nextUnit(), sums))) }
    }
    return [.tensor(try .wrapping(draws, to: type, shape))]
  }

  /// Running sums of the weights of a row.
  private static func cumulative(_ row: ArraySlice<Double>) throws(KernelError) -> [Double] {
    let greatest = row.max() ?? -.infinity
    guard greatest.isFinite, !row.contains(where: \.isNaN) else {
      throw .invalidInput("a row of logarithms without a finite sum")
    }
    var sum = 0.0
    return row.map { value in
      sum += exp(value - greatest)
      return sum
    }
  }

  /// The first class whose running sum exceeds the share of the total.
  private static func drawn(_ unit: Double, _ sums: [Double]) -> Int {
    let total = sums.last ?? 0
    // A rounded product must not reach the total, behind which a class of weight 0 may stand.
    let share = min(unit * total, total.nextDown)
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > share { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
