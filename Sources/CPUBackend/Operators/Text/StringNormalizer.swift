import Tensors

/// Texts without stop words, then in upper or lower case, by the case tables of Unicode.
///
/// One empty text stands for nothing left. The locale has no influence.
enum StringNormalizerKernel: OperatorKernel {
  static let name = "StringNormalizer"
  static let versions = [10]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try action(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    guard x.shape.count == 1 || (x.shape.count == 2 && x.shape[0] == 1) else {
      throw .invalidInput("shape \(x.shape) is neither [n] nor [1, n]")
    }
    let isSensitive = try call.flag("is_case_sensitive", default: false)
    func key(_ text: String) -> [UInt32] {
      isSensitive ? text.unicodeScalars.map(\.value) : lower(text).unicodeScalars.map(\.value)
    }
    let stops = Set(try call.attributes.strings("stopwords")?.map(key) ?? [])
    let action = try action(call.attributes)
    var texts = x.strings.filter { !stops.contains(key($0)) }
    if action != "NONE" { texts = texts.map(action == "UPPER" ? upper : lower) }
    if texts.isEmpty { texts = [""] }
    return [.tensor(try .of(strings: texts, x.shape.dropLast() + [texts.count]))]
  }

  private static func action(_ attributes: Attributes) throws(KernelError) -> String {
    try attributes.choice(
      "case_change_action", of: ["NONE", "LOWER", "UPPER"], default: "NONE")
  }

  private static func upper(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += $1.properties.uppercaseMapping }
  }

  private static func lower(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += $1.properties.lowercaseMapping }
  }
}
