/// The members of one JSON object by name, found without reading the values of the others.
///
/// For objects of very many members of which a few are wanted: the text is walked once to find where
/// each value lies, and a value is parsed when it is asked for. What is wrong inside a value is
/// found only then; the object's own grammar and double names are checked at once.
package struct JSONMembers: Sendable {
  private let bytes: [UInt8]
  /// Ascending by the bytes of the names.
  private var members: [Member]

  /// Where a member lies.
  struct Member: Sendable {
    /// Without the quotes.
    var name: Range<Int>
    var value: Range<Int>
  }

  /// Finds the members of the object that the bytes of a range, by default all, hold.
  ///
  /// A name that is written with an escape is an error: it could not be compared as it stands.
  package init(indexing bytes: [UInt8], in range: Range<Int>? = nil) throws(JSONError) {
    let range = (range ?? bytes.indices).clamped(to: bytes.indices)
    self.bytes = bytes
    members = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> [Member] in
      var parser = JSONParser(UnsafeBufferPointer(rebasing: buffer[..<range.upperBound]))
      parser.position = range.lowerBound
      let members = try parser.members()
      parser.skipSpace()
      guard parser.current == nil else { throw parser.error(.trailingBytes) }
      return try Self.sorted(members, buffer, parser)
    }
  }

  /// Texts of this project are sorted already; those of others are put in order.
  private static func sorted(
    _ members: [Member], _ bytes: UnsafeBufferPointer<UInt8>, _ parser: JSONParser
  ) throws(JSONError) -> [Member] {
    let isAscending = zip(members, members.dropFirst()).allSatisfy {
      compare(bytes[$0.name], bytes[$1.name]) < 0
    }
    if isAscending { return members }
    let sorted = members.sorted { compare(bytes[$0.name], bytes[$1.name]) < 0 }
    for (member, next) in zip(sorted, sorted.dropFirst())
    where compare(bytes[member.name], bytes[next.name]) == 0 {
      let name = String(decoding: bytes[next.name], as: UTF8.self)
      throw parser.error(.duplicateKey(name), at: max(member.name.lowerBound, next.name.lowerBound))
    }
    return sorted
  }

  /// All names, ascending by their bytes.
  package var names: [String] {
    members.map { String(decoding: bytes[$0.name], as: UTF8.self) }
  }

  /// The value of a member; nil when there is none of this name.
  package func value(_ name: String) throws(JSONError) -> JSON? {
    guard let range = range(of: name) else { return nil }
    return try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> JSON in
      var parser = JSONParser(UnsafeBufferPointer(rebasing: buffer[..<range.upperBound]))
      parser.position = range.lowerBound
      return try parser.document()
    }
  }

  /// The members of a member that is an object; nil when there is none of this name.
  package func members(of name: String) throws(JSONError) -> JSONMembers? {
    guard let range = range(of: name) else { return nil }
    return try JSONMembers(indexing: bytes, in: range)
  }

  package func contains(_ name: String) -> Bool { range(of: name) != nil }

  private func range(of name: String) -> Range<Int>? {
    var name = name
    return name.withUTF8 { wanted in
      bytes.withUnsafeBufferPointer { buffer in
        var (low, high) = (0, members.count)
        while low < high {
          let middle = low + (high - low) / 2
          let order = Self.compare(buffer[members[middle].name], wanted[...])
          if order == 0 { return members[middle].value }
          if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
      }
    }
  }

  /// Negative, zero or positive as `a` stands before, at or behind `b` by the values of the bytes.
  private static func compare(
    _ a: Slice<UnsafeBufferPointer<UInt8>>, _ b: Slice<UnsafeBufferPointer<UInt8>>
  ) -> Int {
    var (i, j) = (a.startIndex, b.startIndex)
    while i < a.endIndex, j < b.endIndex {
      if a[i] != b[j] { return a[i] < b[j] ? -1 : 1 }
      (i, j) = (i + 1, j + 1)
    }
    return a.count - b.count
  }
}
