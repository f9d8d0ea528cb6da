package import Tensors

/// An Einstein summation with the axes of every operand and of the result named.
///
/// A letter is named by its character code. The axes of an ellipsis are named −1, −2, … from the
/// last one on, so that they broadcast like the axes of an elementwise operator.
package struct EinsumEquation: Sendable {
  /// Names of the axes of each operand; a repeated name is a diagonal.
  package let operands: [[Int]]
  /// Names of the axes of the result.
  package let result: [Int]
  /// The length of the axes of each name.
  package let lengths: [Int: Int]

  /// Reads an equation such as `ij, jk -> ik` for operands of the given shapes.
  ///
  /// - Throws: `invalidModel` for a malformed equation, `invalidInput` for shapes that do not fit.
  package init(_ text: String, _ shapes: [Shape]) throws(KernelError) {
    let characters = text.utf8.filter { $0 != UInt8(ascii: " ") }
    let sides = try Self.sides(characters, text)
    let terms = sides.left.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard terms.count == shapes.count else {
      throw .invalidModel(
        "equation \"\(text)\" has \(terms.count) terms for \(shapes.count) inputs")
    }
    var operands: [[Int]] = []
    var lengths: [Int: Int] = [:]
    for (term, shape) in zip(terms, shapes) {
      let names = try Self.names(Array(term), rank: shape.count, text)
      for (name, length) in zip(names, shape) {
        let known = lengths[name] ?? 1
        guard known == length || known == 1 || length == 1 else {
          throw .invalidInput(
            "an axis of equation \"\(text)\" has \(known) and \(length) elements")
        }
        lengths[name] = known == 1 ? length : known
      }
      operands.append(names)
    }
    self.operands = operands
    self.lengths = lengths
    let rank = operands.joined().filter { $0 < 0 }.min().map { -$0 } ?? 0
    result =
      try sides.right.map { right throws(KernelError) in
        try Self.explicitResult(right, ellipsis: rank, lengths, text)
      } ?? Self.implicitResult(operands, ellipsis: rank)
    _ = try Allocation.count(of: shape(of: result), type: .f64)
  }

  /// The shape of axes of the given names.
  package func shape(of names: [Int]) -> Shape { names.map { lengths[$0] ?? 1 } }

  private static let dot = UInt8(ascii: ".")

  private static func sides(
    _ characters: [UInt8], _ text: String
  ) throws(KernelError) -> (left: [UInt8], right: [UInt8]?) {
    guard let dash = characters.firstIndex(of: UInt8(ascii: "-")) else { return (characters, nil) }
    let right = characters[(dash + 1)...]
    guard right.first == UInt8(ascii: ">") else { throw malformed(text) }
    return (Array(characters[..<dash]), Array(right.dropFirst()))
  }

  /// The names of the axes of a term; an ellipsis stands for as many axes as the rank demands.
  private static func names(
    _ term: [UInt8], rank: Int, _ text: String
  ) throws(KernelError) -> [Int] {
    let letters = term.filter { $0 != dot }
    let covered = rank - letters.count
    guard term.contains(dot) ? covered >= 0 : covered == 0 else {
      throw .invalidInput(
        "equation \"\(text)\" names \(letters.count) axes of an input of rank \(rank)")
    }
    return try expanded(term, ellipsis: covered, text)
  }

  private static func expanded(
    _ term: [UInt8], ellipsis rank: Int, _ text: String
  ) throws(KernelError) -> [Int] {
    var names: [Int] = []
    var index = 0
    var hasEllipsis = false
    while index < term.count {
      let character = term[index]
      switch character {
      case dot:
        guard !hasEllipsis, term.count >= index + 3,
          term[index..<index + 3].allSatisfy({ $0 == dot })
        else { throw malformed(text) }
        hasEllipsis = true
        names += (0..<rank).map { $0 - rank }
        index += 3
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        names.append(Int(character))
        index += 1
      default: throw malformed(text)
      }
    }
    return names
  }

  private static func explicitResult(
    _ term: [UInt8], ellipsis rank: Int, _ lengths: [Int: Int], _ text: String
  ) throws(KernelError) -> [Int] {
    let names = try expanded(term, ellipsis: rank, text)
    guard Set(names).count == names.count, names.allSatisfy({ lengths[$0] != nil }) else {
      throw .invalidModel("equation \"\(text)\" repeats an axis of the result or invents one")
    }
    return names
  }

  /// The axes of the ellipsis, then the letters that occur once in alphabetical order.
  private static func implicitResult(_ operands: [[Int]], ellipsis rank: Int) -> [Int] {
    var occurrences: [Int: Int] = [:]
    for name in operands.joined() where name > 0 { occurrences[name, default: 0] += 1 }
    let once = occurrences.filter { $0.value == 1 }.map(\.key).sorted()
    return (0..<rank).map { $0 - rank } + once
  }

  private static func malformed(_ text: String) -> KernelError {
    .invalidModel("equation \"\(text)\" is malformed")
  }
}
