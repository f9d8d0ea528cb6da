import Tensors

/// An einsum equation bound to the shapes of its operands.
struct EinsumEquation {
  /// The output's shape.
  let shape: Shape
  /// For every output in row-major order: per summed term, the position in each operand.
  let loops: [[[Int]]]

  /// An index is a letter or, inside the ellipsis, a number counted from its right end.
  private typealias Index = String

  init(_ text: String, shapes: [Shape]) throws(EvaluationError) {
    let compact = text.filter { $0 != " " }
    let sides = Self.split(compact)
    let inputs = sides.inputs.split(separator: ",", omittingEmptySubsequences: false)
    guard inputs.count == shapes.count else {
      throw .invalid("\"\(text)\" names \(inputs.count) operands, \(shapes.count) are given")
    }
    var terms: [[Index]] = []
    var extents: [Index: Int] = [:]
    for (input, shape) in zip(inputs, shapes) {
      let term = try Self.indices(String(input), rank: shape.count)
      for (index, extent) in zip(term, shape) {
        let known = extents[index] ?? 1
        guard known == extent || known == 1 || (extent == 1 && Self.isEllipsis(index)) else {
          throw .invalid("the index \(index) of \"\(text)\" has lengths \(known) and \(extent)")
        }
        extents[index] = Swift.max(known, extent == 0 ? 0 : extent)
        if extent == 0 { extents[index] = 0 }
      }
      terms.append(term)
    }
    let ellipsis = extents.keys.filter(Self.isEllipsis).sorted { Self.depth($0) > Self.depth($1) }
    let output = try Self.output(sides.output, terms: terms, ellipsis: ellipsis)
    for index in output where extents[index] == nil {
      throw .invalid("the output index \(index) of \"\(text)\" names no axis")
    }
    guard Set(output).count == output.count else {
      throw .invalid("the output of \"\(text)\" names an index twice")
    }
    let summed = extents.keys.filter { !output.contains($0) }.sorted()
    shape = output.map { extents[$0] ?? 1 }
    loops = Self.loops(output, summed, extents, terms, shapes)
  }

  private static func split(_ text: String) -> (inputs: String, output: String?) {
    guard let arrow = text.firstIndex(of: "-") else { return (text, nil) }
    let rest = text[arrow...].dropFirst(2)
    return (String(text[..<arrow]), String(rest))
  }

  private static func isEllipsis(_ index: Index) -> Bool { index.first?.isNumber ?? false }
  private static func depth(_ index: Index) -> Int { Int(index) ?? 0 }

  /// The indices of one operand, the ellipsis expanded to what the rank leaves.
  private static func indices(_ text: String, rank: Int) throws(EvaluationError) -> [Index] {
    let letters = text.filter(\.isLetter).count
    guard text.contains("...") else {
      guard letters == text.count, letters == rank else {
        throw .invalid("\"\(text)\" does not name \(rank) axes")
      }
      return text.map { String($0) }
    }
    guard letters + 3 == text.count, letters <= rank else {
      throw .invalid("\"\(text)\" does not name \(rank) axes")
    }
    var result: [Index] = []
    var isExpanded = false
    for character in text {
      if character != "." {
        result.append(String(character))
      } else if !isExpanded {
        isExpanded = true
        result += (0..<(rank - letters)).reversed().map { String($0) }
      }
    }
    return result
  }

  private static func output(
    _ text: String?, terms: [[Index]], ellipsis: [Index]
  ) throws(EvaluationError) -> [Index] {
    if let text {
      return try indices(
        text, rank: text.filter(\.isLetter).count + (text.contains("...") ? ellipsis.count : 0))
    }
    let all = terms.flatMap { $0 }.filter { !isEllipsis($0) }
    let once = Set(all).filter { index in all.filter { $0 == index }.count == 1 }
    return ellipsis + once.sorted()
  }

  private static func loops(
    _ output: [Index], _ summed: [Index], _ extents: [Index: Int], _ terms: [[Index]],
    _ shapes: [Shape]
  ) -> [[[Int]]] {
    let outer = output.map { extents[$0] ?? 1 }
    let inner = summed.map { extents[$0] ?? 1 }
    return (0..<(outer.elementCount ?? 0)).map { linear in
      var values = Dictionary(
        zip(output, outer.index(ofLinear: linear)), uniquingKeysWith: { first, _ in first })
      return (0..<(inner.elementCount ?? 0)).map { term in
        for (index, value) in zip(summed, inner.index(ofLinear: term)) { values[index] = value }
        return zip(terms, shapes).map { indices, shape in
          let strides = shape.rowMajorStrides
          return indices.indices.reduce(0) { position, axis in
            position + (shape[axis] == 1 ? 0 : (values[indices[axis]] ?? 0) * strides[axis])
          }
        }
      }
    }
  }
}
