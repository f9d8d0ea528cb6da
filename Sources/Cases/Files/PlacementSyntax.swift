import Tensors

/// Reads `place: {value: nan, row: 1, at: last}` or a list of such entries.
enum PlacementSyntax {
  static let keys = ["value", "at", "row", "index", "every"]

  static func placements(_ syntax: Syntax) throws(SyntaxFault) -> [Placement] {
    var result: [Placement] = []
    for entry in syntax.elements ?? [syntax] {
      let members = try entry.requireMembers("place")
      try members.requireKeys(keys)
      guard let value = members["value"]?.text else {
        throw SyntaxFault(entry.line, "place needs a value")
      }
      for position in try positions(members, entry.line) {
        result.append(Placement(value: FillValue(value), position: position))
      }
    }
    return result
  }

  private static func positions(
    _ members: [Syntax.Member], _ line: Int
  ) throws(SyntaxFault) -> [Placement.Position] {
    if let step = members["every"] { return [.every(try step.requireInt("every"))] }
    if let index = members["index"] {
      var entries: [Int] = []
      for entry in try index.requireElements("index") {
        entries.append(try entry.requireInt("index"))
      }
      return [.index(entries)]
    }
    let row = members["row"]
    guard let at = members["at"] else {
      guard let row else {
        throw SyntaxFault(
          line, "place needs a position", remedy: "write at: last, row, index or every")
      }
      return [.wholeRow(try row.requireInt("row"))]
    }
    var result: [Placement.Position] = []
    for position in at.elements ?? [at] {
      let offset = try position.lanePosition()
      guard let row else {
        result.append(.linear(offset))
        continue
      }
      result.append(
        row.isWord("all") ? .everyRow(offset) : .row(try row.requireInt("row"), offset))
    }
    return result
  }
}
