import CanonicalJSON

/// The operator table of the standard: every version of every operator.
package struct Standard: Sendable {
  /// The newest operator set version of each domain; `ai.onnx` is the empty string.
  package let opsets: [String: Int]
  private let releases: [Release]
  /// Versions of one operator in ascending order.
  private let versions: [Key: [OperatorSchema]]

  struct Key: Hashable, Sendable {
    let domain: String
    let name: String
  }

  /// A release of the standard: its IR version and operator set versions by domain.
  struct Release: Sendable {
    let irVersion: Int64
    let opsets: [String: Int]
  }

  init(opsets: [String: Int], releases: [Release], schemas: [OperatorSchema]) {
    self.opsets = opsets
    self.releases = releases
    versions = Dictionary(grouping: schemas) { Key(domain: $0.domain, name: $0.name) }
      .mapValues { $0.sorted { $0.sinceVersion < $1.sinceVersion } }
  }

  /// The name under which the table is stored in the directory.
  package static let fileName = "onnx-operators.json"

  /// Reads the table from a directory such as `conformance-cases/standard`.
  package static func load(from directory: String) throws(StandardError) -> Standard {
    let path = directory + "/" + fileName
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileContents.bytes(at: path)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: bytes)
    } catch {
      throw .content(path: path, reason: "\(error)")
    }
    var reader = StandardReader(path: path)
    return try reader.standard(json)
  }

  /// All names with their domain, sorted by domain and name.
  package var operators: [(domain: String, name: String)] {
    versions.keys.map { ($0.domain, $0.name) }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
  }

  /// All versions of an operator in ascending order; empty for an unknown one.
  package func schemas(domain: String, operator name: String) -> [OperatorSchema] {
    versions[Key(domain: Self.canonical(domain), name: name)] ?? []
  }

  /// The since-versions of an operator in ascending order; empty for an unknown one.
  package func sinceVersions(domain: String, operator name: String) -> [Int] {
    schemas(domain: domain, operator: name).map(\.sinceVersion)
  }

  /// The definition in force at an operator set version; nil when there is none yet.
  package func schema(domain: String, operator name: String, opset: Int) -> OperatorSchema? {
    schemas(domain: domain, operator: name).last { $0.sinceVersion <= opset }
  }

  /// The operator set versions of a domain, oldest first.
  package func opsetVersions(domain: String) -> ClosedRange<Int>? {
    opsets[Self.canonical(domain)].map { 1...max($0, 1) }
  }

  /// The least IR version of a release that has the operator set; that of the newest beyond it.
  package func irVersion(domain: String = "", forOpset opset: Int) -> Int64 {
    let domain = Self.canonical(domain)
    let release = releases.first { ($0.opsets[domain] ?? 0) >= opset }
    return release?.irVersion ?? releases.last?.irVersion ?? 0
  }

  /// `ai.onnx` and the empty string name the same domain.
  package static func canonical(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }
}
