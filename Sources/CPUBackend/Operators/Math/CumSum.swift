import Tensors

/// Running sums along an axis; `exclusive` leaves the element itself out, `reverse` starts at the
/// end.
///
/// Floating-point sums run in binary64 and are rounded when written; integer sums wrap around.
enum CumSumKernel: OperatorKernel {
  static let name = "CumSum"
  static let versions = [11, 14]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let scan = try PrefixScan(call, x.shape)
    return [
      .tensor(
        try scan.tensor(of: x, neutral: 0) {
          $0 + $1
        } integers: {
          $0 &+ $1
        })
    ]
  }
}
