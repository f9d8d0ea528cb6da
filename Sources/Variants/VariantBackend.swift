package import CPUBackend
import CanonicalJSON
import ModelFormat

/// The CPU backend with a catalogue of variants, chosen model by model.
package struct VariantBackend: ModelBackend {
  private let backend: Backend
  private let variants: [String: any Variant]
  /// The variant of models that name none; nil: computed as they stand.
  private let preset: String?
  package let description: String

  /// - Parameters:
  ///   - product: the name under which the library describes itself.
  ///   - options: a JSON object or empty; `variant` names the one for all models, everything else is
  ///     the CPU backend's.
  /// - Throws: `invalidInput` for options that cannot be read and for unknown variants.
  package init(
    product: String, variants: [any Variant], options: String
  ) throws(KernelError) {
    let members = try Self.object(options)
    backend = try Backend(
      options: JSON.object(members.filter { $0 == "threads" }).canonicalText)
    self.variants = Dictionary(variants.map { ($0.profile.name, $0) }) { first, _ in first }
    preset = members[VariantContract.variant]?.string
    description = try Self.description(of: backend, product, variants)
    if let preset { _ = try variant(preset) }
  }

  package func compile(
    onnx bytes: [UInt8], options: String
  ) throws(KernelError) -> any ModelExecutable {
    let members = try Self.object(options)
    guard let name = members[VariantContract.variant]?.string ?? preset, !name.isEmpty else {
      return try backend.compile(onnx: bytes, options: "")
    }
    let variant = try variant(name)
    let seed = members[VariantContract.seed]?.string.flatMap { UInt64($0) } ?? 0
    let model: Model
    do throws(ModelError) { model = try Model(decoding: bytes) } catch { throw KernelError(error) }
    return try variant.executable(
      for: model, in: VariantContext(backend: backend, seed: seed))
  }

  /// The text of one option of `create`; nil when it is not given.
  ///
  /// - Throws: `invalidInput` for options that cannot be read.
  package static func option(
    _ name: String, of options: String
  ) throws(KernelError) -> String? {
    try object(options)[name]?.string
  }

  private func variant(_ name: String) throws(KernelError) -> any Variant {
    guard let variant = variants[name] else {
      throw .invalidInput("variant \"\(name)\" is unknown; `describe` lists them")
    }
    return variant
  }

  private static func object(_ text: String) throws(KernelError) -> JSONObject {
    guard !text.isEmpty else { return [:] }
    guard let members = (try? JSON(parsing: text))?.object else {
      throw .invalidInput("the options are no JSON object")
    }
    return members
  }

  /// The CPU backend's description under another name, with the catalogue.
  private static func description(
    of backend: Backend, _ product: String, _ variants: [any Variant]
  ) throws(KernelError) -> String {
    guard var members = (try? JSON(parsing: backend.description))?.object,
      var identity = members["identity"]?.object
    else { throw .internalError("the CPU backend's description cannot be read") }
    identity["product"] = .string(product)
    members["identity"] = .object(identity)
    members[VariantContract.variants] = .array(variants.map { $0.profile.json })
    return JSON.object(members).canonicalText
  }
}

extension VariantProfile {
  /// The entry of the catalogue in a description.
  fileprivate var json: JSON {
    var members: JSONObject = [
      "name": .string(name), "mode": .string(mode), "summary": .string(summary),
    ]
    if let number { members["number"] = .integer(Int64(number)) }
    switch kind {
    case .fault(let severity):
      members["kind"] = .string("fault")
      members["severity"] = .string(severity.rawValue)
    case .witness: members["kind"] = .string("witness")
    }
    return .object(members)
  }
}
