import Tensors

/// Running products along an axis; `exclusive` leaves the element itself out, `reverse` starts at
/// the end.
///
/// Floating-point products run in binary64 and are rounded when written; integer products wrap
/// around. Exclusive products are shifted, never quotients.
enum CumProdKernel: OperatorKernel {
  static let name = "CumProd"
  static let versions = [26]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let scan = try PrefixScan(call, x.shape)
    return [
      .tensor(
        try scan.tensor(of: x, neutral: 1) {
          $0 * $1
        } integers: {
          $0 &* $1
        })
    ]
  }
}
