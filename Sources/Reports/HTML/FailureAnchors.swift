/// Which failure has a card, and the fragment that leads to it.
struct FailureAnchors {
  private var numbers: [String: Int] = [:]

  /// The failures that get a card, in the order of the cards.
  let groups: [FailureGroup]

  init(_ summary: RunSummary) {
    var rest = HTMLReport.cardLimit
    var groups: [FailureGroup] = []
    for group in FailureGroup.groups(of: summary.failures, by: .subject) where rest > 0 {
      let entries = Array(group.entries.prefix(rest))
      for entry in entries { numbers[entry.record.caseID] = numbers.count + 1 }
      rest -= entries.count
      groups.append(
        FailureGroup(subject: group.subject, code: group.code, entries: entries))
    }
    self.groups = groups
  }

  /// The fragment of the card; nil when the failure has none.
  subscript(entry: Entry) -> String? { numbers[entry.record.caseID].map { "f\($0)" } }
}
