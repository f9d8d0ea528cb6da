import Tensors

/// The points of a regular grid between -1 and 1, each multiplied by the matrices of a batch.
///
/// Computed in binary64 and rounded once. With aligned corners an axis of one element is at zero.
enum AffineGridKernel: OperatorKernel {
  static let name = "AffineGrid"
  static let versions = [20]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let theta = try call.tensor(0)
    let size = try call.integers(1) ?? []
    let axes = size.count - 2
    guard axes == 2 || axes == 3, theta.shape == [size[0], axes, axes + 1] else {
      throw .invalidInput("matrices of shape \(theta.shape) for an image of \(size)")
    }
    let lengths = Array(size[2...])
    let shape = [size[0]] + lengths + [axes]
    var results: [Double] = []
    results.reserveCapacity(try Allocation.count(of: shape, type: .f64))
    let isAligned = try call.flag("align_corners", default: false)
    let factors = try theta.reals(Double.self)
    let count = lengths.reduce(1, *)
    for batch in 0..<size[0] where count > 0 {
      for place in 0..<count {
        let index = lengths.index(ofLinear: place)
        let point = (0..<axes).map { at(index[$0], of: lengths[$0], isAligned) }
        for row in 0..<axes {
          let start = (batch * axes + row) * (axes + 1)
          var sum = factors[start + axes]
          for axis in 0..<axes { sum += factors[start + axes - 1 - axis] * point[axis] }
          results.append(sum)
        }
      }
    }
    return [.tensor(try .rounding(results, to: theta.type, shape))]
  }

  private static func at(_ index: Int, of length: Int, _ isAligned: Bool) -> Double {
    guard isAligned else { return (2 * Double(index) + 1 - Double(length)) / Double(length) }
    return length > 1 ? (2 * Double(index) - Double(length - 1)) / Double(length - 1) : 0
  }
}
