package import CanonicalJSON
import Cases
import Spec

/// The variants of a library, in the order of its description.
package struct VariantCatalogue: Hashable, Sendable {
  package let variants: [VariantEntry]
  /// SHA-256 (hex) over everything the library says of its variants.
  package let digest: String

  /// The member of the description, and the options of `compile`; those of the libraries.
  package static let variantsMember = "variants"
  package static let variantOption = "variant"
  package static let seedOption = "seed"
  /// How a refusal starts where a variant has nothing to change.
  package static let notApplicable = "not applicable: "

  package init(variants: [VariantEntry], digest: String = "") {
    (self.variants, self.digest) = (variants, digest)
  }

  /// Reads the catalogue out of a description.
  package init(description: JSON) throws(CatalogueError) {
    guard let list = description[Self.variantsMember]?.array else {
      throw CatalogueError(reason: "the library does not list variants")
    }
    var variants: [VariantEntry] = []
    var names: Set<String> = []
    for json in list {
      let entry: VariantEntry
      do throws(JSONFieldError) { entry = try Self.entry(JSONField(json)) } catch {
        throw CatalogueError(reason: "variant \(variants.count): \(error)")
      }
      guard names.insert(entry.name).inserted else {
        throw CatalogueError(reason: "two variants are called \(entry.name)")
      }
      guard NumericMode.named[entry.mode] != nil else {
        throw CatalogueError(
          reason: "\(entry.name): the numeric mode \"\(entry.mode)\" does not exist")
      }
      variants.append(entry)
    }
    self.variants = variants
    digest = SHA256.hexadecimal(SHA256.digest(of: JSON.array(list).canonicalBytes))
  }

  private static func entry(_ json: JSONField) throws(JSONFieldError) -> VariantEntry {
    let kind = try json.member("kind")
    let isFault =
      switch try kind.string() {
      case "fault": true
      case "witness": false
      default: throw kind.mismatch("\"fault\" or \"witness\"")
      }
    return VariantEntry(
      name: try json.member("name").string(),
      kind: isFault ? .fault(try json.member("severity").choice(of: FaultSeverity.self)) : .witness,
      number: try json.optionalMember("number").map { number throws(JSONFieldError) in
        try number.integer(as: Int.self)
      },
      mode: try json.member("mode").string(), summary: try json.member("summary").string())
  }

  /// The faults that a case can show.
  package var faults: [VariantEntry] {
    variants.filter { $0.severity != nil && $0.repetitions != nil }
  }

  /// The faults that are left to other means.
  package var untried: [VariantEntry] {
    variants.filter { $0.severity != nil && $0.repetitions == nil }
  }

  package var witnesses: [VariantEntry] { variants.filter { $0.kind == .witness } }

  /// The entry of a name; nil when there is none.
  package subscript(name: String) -> VariantEntry? { variants.first { $0.name == name } }

  /// The options of `compile` that select a variant.
  static func options(_ name: String, seed: UInt64 = 0) -> String {
    JSON.object([variantOption: .string(name), seedOption: .string("\(seed)")]).canonicalText
  }
}

/// A description that holds no catalogue of variants.
package struct CatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
  package let reason: String

  package var description: String { reason }
}
