import Glibc

/// Reads a JUnit file back and compares it with what was meant to be written.
package enum JUnitCheck {
  /// Well-formedness, the strict schema, then the counters of the file against `counts`.
  ///
  /// Leaves the position of `descriptor` undefined.
  package static func check(
    descriptor: Int32, against counts: Counts
  ) throws(ReportError) {
    let totals = try JUnitTotals(descriptor: descriptor)
    try rewind(descriptor)
    try XMLSchema.validate(descriptor: descriptor, schema: JUnitSchema.text)
    let expected = JUnitTotals(counts)
    guard totals == expected else {
      throw .recount("the file holds \(totals), the records \(expected)")
    }
  }

  private static func rewind(_ descriptor: Int32) throws(ReportError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw .file(path: "the temporary file", operation: "rewind", code: errno)
    }
  }
}

/// The four counters of a JUnit document.
struct JUnitTotals: Hashable, CustomStringConvertible {
  private(set) var tests = 0
  private(set) var failures = 0
  private(set) var errors = 0
  private(set) var skipped = 0

  init(_ counts: Counts) {
    (tests, failures) = (counts.total, counts.failures)
    (errors, skipped) = (counts.errors, counts.skipped)
  }

  private init() {}

  /// Counts elements, and compares them with what each suite claims of itself.
  ///
  /// Throws for a document that is not well-formed, a suite whose attributes disagree with its
  /// content, and two cases of one name.
  init(descriptor: Int32) throws(ReportError) {
    let reader = try XMLPullReader(descriptor: descriptor)
    self.init()
    var claimed = JUnitTotals()
    var names: Set<[String]> = []
    while let element = try reader.nextElement() {
      switch element.name {
      case "testsuite":
        guard self == claimed else { throw .recount("suites claim \(claimed), hold \(self)") }
        claimed.tests += try reader.count("tests")
        claimed.failures += try reader.count("failures")
        claimed.errors += try reader.count("errors")
        claimed.skipped += try reader.count("skipped")
      case "testcase":
        tests += 1
        let name = [try reader.attribute("classname") ?? "", try reader.attribute("name") ?? ""]
        guard names.insert(name).inserted else {
          throw .recount("two cases named \(name.joined(separator: " "))")
        }
      case "failure": failures += 1
      case "error": errors += 1
      case "skipped": skipped += 1
      default: break
      }
    }
    guard self == claimed else { throw .recount("suites claim \(claimed), hold \(self)") }
  }

  var description: String {
    "tests \(tests), failures \(failures), errors \(errors), skipped \(skipped)"
  }
}

extension XMLPullReader {
  /// An attribute of the current element as a counter.
  fileprivate func count(_ name: String) throws(ReportError) -> Int {
    guard let text = try attribute(name), let value = Int32(text), value >= 0 else {
      throw .recount("attribute \(name) is not a counter")
    }
    return Int(value)
  }
}
