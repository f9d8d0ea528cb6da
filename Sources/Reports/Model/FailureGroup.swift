/// Failures that belong together in a list.
struct FailureGroup {
  /// What makes a group.
  enum Key {
    case subject
    /// One cause often fails dozens of cases of one operator with one code.
    case subjectAndCode
  }

  /// The operator or model, in one line.
  let subject: String
  /// The code of the first member; that of all of them when the key says so.
  let code: String
  /// Worst first.
  let entries: [Entry]

  /// Groups in the order of their worst member; `failures` must come worst first.
  static func groups(of failures: [Entry], by key: Key) -> [FailureGroup] {
    var order: [[String]] = []
    var members: [[String]: [Entry]] = [:]
    for entry in failures {
      let name = key == .subject ? [entry.subject] : [entry.subject, entry.code]
      if members[name] == nil { order.append(name) }
      members[name, default: []].append(entry)
    }
    return order.compactMap { name in
      guard let entries = members[name], let first = entries.first else { return nil }
      return FailureGroup(
        subject: ForeignText.oneLine(first.subject), code: first.code, entries: entries)
    }
  }
}
