import CanonicalJSON
import Glibc
package import Verification

/// What a log holds: every terminated line, checked against the chain.
package struct EventHistory: Sendable {
  package let path: String
  package private(set) var events: [Event] = []
  /// Bytes up to the last line feed; a torn line behind it does not count.
  package private(set) var byteCount = 0
  /// Bytes of the whole file when it was read.
  private(set) var fileSize = 0
  private(set) var chain: EventChain

  /// The digest of the plan the log belongs to.
  package private(set) var planDigest = ""
  package private(set) var shard = ""
  package private(set) var plannedCases = 0

  /// The records in the order they were judged.
  package var records: [CaseRecord] {
    events.compactMap { if case .caseJudged(let record) = $0 { record } else { nil } }
  }

  /// What the run's probes found; nil when they were left out, or the log is older than they are.
  package var probes: [ProbeRecord]? {
    for case .probed(let records) in events { return records }
    return nil
  }

  /// Whether the run reached its end.
  package var isComplete: Bool {
    if case .runEnded(let wasInterrupted)? = events.last { !wasInterrupted } else { false }
  }

  package init(reading path: String) throws(EventLogError) {
    self.path = path
    chain = EventChain(planDigest: "", shard: "")
    let bytes = try Self.bytes(of: path)
    fileSize = bytes.count
    guard !bytes.isEmpty else { throw .empty(path: path) }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    // What stands behind the last line feed was torn off and never counts.
    for (index, line) in lines.dropLast().enumerated() {
      try read(Array(line), number: index + 1)
      byteCount += line.count + 1
    }
    guard !events.isEmpty else {
      throw .broken(path: path, line: 1, reason: "the first line is not terminated")
    }
  }

  private mutating func read(_ line: [UInt8], number: Int) throws(EventLogError) {
    func broken(_ reason: String) -> EventLogError {
      .broken(path: path, line: number, reason: reason)
    }
    let json: JSON
    do { json = try JSON(parsing: line) } catch { throw broken("\(error)") }
    guard json["schema"]?.string == EventChain.schema else {
      throw broken("the schema is not \(EventChain.schema)")
    }
    let event: Event
    do { event = try Event(JSONField(json)) } catch { throw broken("\(error)") }
    if number == 1 {
      guard case .planned(let cases, let digest, let shard) = event else {
        throw broken("the first event is not the plan")
      }
      (plannedCases, planDigest, self.shard) = (cases, digest, shard)
      chain = EventChain(planDigest: digest, shard: shard)
    }
    guard json["prev"]?.string == chain.head, json["seq"]?.integer == chain.sequence else {
      throw broken("the line does not follow from the one before it")
    }
    chain.advance(over: line)
    events.append(event)
  }

  private static func bytes(of path: String) throws(EventLogError) -> [UInt8] {
    guard let file = fopen(path, "rbe") else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    guard ferror(file) == 0 else {
      throw .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    return bytes
  }
}

extension EventHistory {
  /// What a resumed run need not judge again: the first conclusive record of each case.
  ///
  /// An inconclusive case is ours to judge again. A later record of a case that passed is what the
  /// rules over all records made of it; they are applied anew when all cases have been judged.
  package var settledRecords: [CaseRecord] {
    var seen: Set<String> = []
    return records.filter { record in
      record.verdict.kind != .inconclusive && seen.insert(record.caseID).inserted
    }
  }

  /// One record per case in the order of its first judgement; a later record of the same case, such
  /// as the one that a group's pooled distribution writes, replaces the earlier one.
  package var foldedRecords: [CaseRecord] {
    var places: [String: Int] = [:]
    var folded: [CaseRecord] = []
    for record in records {
      if let place = places[record.caseID] {
        folded[place] = record
      } else {
        places[record.caseID] = folded.count
        folded.append(record)
      }
    }
    return folded
  }
}
