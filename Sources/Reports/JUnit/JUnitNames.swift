/// The names of a case in JUnit reports: unique, the same in every run, plain ASCII.
package struct JUnitNames: Hashable, Sendable {
  /// Names longer than this lose their middle to a digest; both together stay within 512.
  private static let longestPart = 100

  /// `op.MatMul`, `model.tiny-llama`, `ml.Scaler`: the suite of an operator or model.
  package let suite: String
  /// `assay.op.MatMul.f16`: the suite and the case's types.
  package let classname: String
  /// `MatMul-13_large-depth_0002`: version, group and index.
  package let name: String

  package init(_ entry: Entry) {
    let record = entry.record
    let domain = record.domain == "onnx" ? "op" : Self.plain(record.domain)
    suite = "\(domain).\(Self.plain(record.operatorName))"
    classname = "assay.\(suite).\(record.types.isEmpty ? "untyped" : Self.plain(record.types))"
    name = Self.name(of: record.caseID)
  }

  /// The parts of the id that the classname does not hold, joined by `_`.
  private static func name(of caseID: String) -> String {
    let parts = caseID.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return plain(caseID) }
    let end = String(
      String.UnicodeScalarView(
        parts[3].unicodeScalars.map { $0 == "#" || $0 == "+" ? "_" : $0 }))
    return plain(parts[1] + "_" + end)
  }

  /// Letters, digits, `_` and `-` only; dots of domains and type lists become `_`.
  ///
  /// A text that loses anything else, or is too long, ends in a digest of the original instead,
  /// so that two different texts never become one.
  static func plain(_ text: some StringProtocol) -> String {
    var isFaithful = !text.isEmpty
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-": result.append(scalar)
      case ".": result.append("_")
      default:
        isFaithful = false
        result.append("_")
      }
    }
    if isFaithful, result.count <= longestPart { return String(result) }
    let digest = ContentDigest.shortName(of: String(text)) ?? "0"
    return String(String.UnicodeScalarView(result.prefix(longestPart))) + "_" + digest
  }
}
