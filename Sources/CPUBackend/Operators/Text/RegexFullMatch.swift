import Tensors

/// Whether a whole text matches a pattern of RE2, in time linear in the text.
enum RegexFullMatchKernel: OperatorKernel {
  static let name = "RegexFullMatch"
  static let versions = [20]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try program(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let program = try program(call.attributes)
    let answers = x.strings.map { program.matches($0) ? UInt8(1) : 0 }
    return [.tensor(try .of(.bool, x.shape, answers))]
  }

  private static func program(_ attributes: Attributes) throws(KernelError) -> PatternProgram {
    guard let text = try attributes.string("pattern") else {
      throw .invalidModel("attribute pattern is missing")
    }
    return try PatternProgram(try PatternReader.read(text))
  }
}
