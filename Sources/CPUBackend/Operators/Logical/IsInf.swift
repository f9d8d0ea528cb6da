import Tensors

/// Whether each element is an infinity; the attributes choose the signs that count.
enum IsInfKernel: OperatorKernel {
  static let name = "IsInf"
  static let versions = [10, 20]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let positive = try call.flag("detect_positive", default: true)
    let negative = try call.flag("detect_negative", default: true)
    return [
      .tensor(
        try NumberTest.tensor(try call.tensor(0)) { x in
          x.isInfinite && (x.sign == .minus ? negative : positive)
        })
    ]
  }
}
