/// The attributes that place the windows of a transposed convolution.
package struct WindowSettings: Sendable {
  /// What `auto_pad` says.
  package enum Padding: String, CaseIterable, Sendable {
    case explicit = "NOTSET"
    case sameUpper = "SAME_UPPER"
    case sameLower = "SAME_LOWER"
    case valid = "VALID"
  }

  package let padding: Padding
  package let strides: [Int]
  package let dilations: [Int]
  /// Begins of all axes, then ends of all axes.
  package let pads: [Int]

  /// - Throws: `invalidModel` for a value or count that the standard excludes.
  package init(_ call: Call, rank: Int) throws(KernelError) {
    guard rank > 0 else { throw .invalidInput("the input has no spatial axis") }
    let word = try call.attributes.choice(
      "auto_pad", of: Padding.allCases.map(\.rawValue), default: Padding.explicit.rawValue)
    padding = Padding(rawValue: word) ?? .explicit
    strides = try call.ints("strides") ?? Array(repeating: 1, count: rank)
    dilations = try call.ints("dilations") ?? Array(repeating: 1, count: rank)
    pads = try call.ints("pads") ?? Array(repeating: 0, count: 2 * rank)
    try Self.check("strides", strides, count: rank, least: 1)
    try Self.check("dilations", dilations, count: rank, least: 1)
    try Self.check("pads", pads, count: 2 * rank, least: 0)
  }

  /// Checks the values of one attribute.
  package static func check(
    _ name: String, _ values: [Int], count: Int, least: Int
  ) throws(KernelError) {
    guard values.count == count else {
      throw .invalidModel("\(name) has \(values.count) values, \(count) are needed")
    }
    for value in values where value < least || value > WindowAxis.limit {
      throw .invalidModel("\(name) has \(value), it must be in \(least)...\(WindowAxis.limit)")
    }
  }
}
