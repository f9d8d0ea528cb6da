/// The members of a JSON object, in the order of the bytes of their keys: the order of the canonical
/// form, so that writing sorts nothing and small objects need no hashing.
package struct JSONObject: Hashable, Sendable {
  struct Member: Hashable, Sendable {
    let key: String
    var value: JSON
  }

  private(set) var members: [Member]

  /// Of so many keys at most, looking at all is faster than halving.
  private static let shortLength = 16

  package init() { members = [] }

  /// Keys have to be unique; any order.
  init(unique members: [Member]) {
    self.members = members
    if !Self.isAscending(members) { self.members.sort { Self.precedes($0.key, $1.key) } }
  }

  package init(_ members: [String: JSON]) {
    self.init(unique: members.map { Member(key: $0.key, value: $0.value) })
  }

  package var count: Int { members.count }
  package var isEmpty: Bool { members.isEmpty }

  /// The member of a key; nil when there is none, and to delete it.
  package subscript(key: String) -> JSON? {
    get { position(of: key).map { members[$0].value } }
    set {
      switch (position(of: key), newValue) {
      case (let position?, let value?): members[position].value = value
      case (let position?, nil): members.remove(at: position)
      case (nil, let value?): members.insert(Member(key: key, value: value), at: place(of: key))
      case (nil, nil): break
      }
    }
  }

  /// These members and others; of a key in both, the other's.
  package func merging(_ others: JSONObject) -> JSONObject {
    var result = self
    for (key, value) in others { result[key] = value }
    return result
  }

  package func filter(_ isIncluded: (String) -> Bool) -> JSONObject {
    JSONObject(unique: members.filter { isIncluded($0.key) })
  }

  private func position(of key: String) -> Int? {
    guard members.count > Self.shortLength else {
      return members.firstIndex { Self.isSame($0.key, key) }
    }
    let place = place(of: key)
    return place < members.count && Self.isSame(members[place].key, key) ? place : nil
  }

  /// Equality of bytes, as the order is; texts that differ are told apart by the quicker comparison.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    a == b && a.utf8.elementsEqual(b.utf8)
  }

  /// Where a key belongs.
  private func place(of key: String) -> Int {
    var (low, high) = (0, members.count)
    while low < high {
      let middle = (low + high) / 2
      if Self.precedes(members[middle].key, key) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  static func isAscending(_ members: [Member]) -> Bool {
    zip(members, members.dropFirst()).allSatisfy { precedes($0.key, $1.key) }
  }

  /// The order of bytes; Swift's own follows Unicode normalisation.
  package static func precedes(_ a: String, _ b: String) -> Bool {
    var (a, b) = (a, b)
    return a.withUTF8 { a in
      b.withUTF8 { b in
        for place in 0..<Swift.min(a.count, b.count) where a[place] != b[place] {
          return a[place] < b[place]
        }
        return a.count < b.count
      }
    }
  }
}

extension JSONObject: Sequence {
  package struct Iterator: IteratorProtocol {
    private var rest: IndexingIterator<[Member]>

    init(_ members: [Member]) { rest = members.makeIterator() }

    package mutating func next() -> (key: String, value: JSON)? {
      rest.next().map { ($0.key, $0.value) }
    }
  }

  package func makeIterator() -> Iterator { Iterator(members) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// A key that is written twice keeps its last value.
  package init(dictionaryLiteral elements: (String, JSON)...) { self.init(literal: elements) }

  init(literal elements: [(String, JSON)]) {
    members = elements.map { Member(key: $0.0, value: $0.1) }
    guard !Self.isAscending(members) else { return }
    members = []
    members.reserveCapacity(elements.count)
    for (key, value) in elements { self[key] = value }
  }
}
