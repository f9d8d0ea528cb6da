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
    let parts = caseID.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return plain(caseID) }
    let end = parts[3].map { byte in
      byte == UInt8(ascii: "#") || byte == UInt8(ascii: "+") ? UInt8(ascii: "_") : byte
    }
    return plain(String(Substring(parts[1])) + "_" + String(decoding: end, as: UTF8.self))
  }

  /// Letters, digits, `_` and `-` only; dots of domains and type lists become `_`.
  ///
  /// A text that loses anything else, or is too long, ends in a digest of the original instead,
  /// so that two different texts never become one.
  static func plain(_ text: some StringProtocol) -> String {
    var isFaithful = !text.isEmpty
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        result.append(byte)
      case UInt8(ascii: "."): result.append(UInt8(ascii: "_"))
      case 0x80..<0xC0: continue  // Further bytes of a character.
      default:
        isFaithful = false
        result.append(UInt8(ascii: "_"))
      }
    }
    if isFaithful, result.count <= longestPart { return String(decoding: result, as: UTF8.self) }
    let digest = ContentDigest.shortName(of: String(text)) ?? "0"
    return String(decoding: result.prefix(longestPart), as: UTF8.self) + "_" + digest
  }
}
