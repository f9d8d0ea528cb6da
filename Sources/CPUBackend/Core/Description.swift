import ModelFormat
import Tensors

/// What the backend declares about itself, derived from the registered operators.
enum Description {
  static let json = JSON.object([
    JSON.Member("schema", .string("assay.describe/1")),
    JSON.Member(
      "identity",
      .object([
        JSON.Member("vendor", .string("Assay")),
        JSON.Member("product", .string("Assay CPU backend")),
        JSON.Member("version", .string("0.1.0")),
        JSON.Member("device", .string("cpu")),
      ])),
    JSON.Member("capabilities", .array(OperatorTable.all.flatMap { capabilities(of: $0) })),
    JSON.Member("numericModes", .array(numericModes)),
    JSON.Member("determinism", .string("D2")),
    JSON.Member(
      "limits", .object([JSON.Member("maxElements", .number(Double(Allocation.limit / 8)))])),
  ])

  /// The C library's binary64 functions are not all faithfully rounded, so they declare the
  /// standard level; functions of narrower types are computed in binary64 and are.
  private static let numericModes: [JSON] = [
    .object([JSON.Member("name", .string(Backend.numericMode))]),
    .object([
      JSON.Member("name", .string(Backend.numericMode)),
      JSON.Member("family", .string("elementwise")),
      JSON.Member("inputType", .string(ElementType.f64.name)),
      JSON.Member("elementwiseLevel", .string("standard")),
    ]),
  ]

  private static func capabilities(of kernel: any OperatorKernel.Type) -> [JSON] {
    let signatures = SignatureTable.signatures(domain: kernel.domain, name: kernel.name)
    let newest = SignatureTable.newestOpset[kernel.domain] ?? 1
    return signatures.enumerated().compactMap { index, signature in
      let isEarlier =
        kernel.domain.isEmpty
        && EarlierVersion.hasRule(for: kernel.name, opset: Int64(signature.since))
      guard kernel.versions.contains(signature.since) || isEarlier, !signature.isDeprecated
      else { return nil }
      let last = index + 1 < signatures.count ? signatures[index + 1].since - 1 : newest
      return .object([
        JSON.Member("operator", .string(kernel.name)),
        JSON.Member("domain", .string(kernel.domain)),
        JSON.Member(
          "opsets", .array([.number(Double(signature.since)), .number(Double(last))])),
        JSON.Member("types", .object(types(of: signature, kernel))),
        JSON.Member("dynamicShapes", .bool(true)),
      ])
    }
  }

  /// The element types per variable; variables that also stand for sequences are left out, which
  /// declares all of their types.
  private static func types(
    of signature: Signature, _ kernel: any OperatorKernel.Type
  ) -> [JSON.Member] {
    signature.variables.sorted { $0.key < $1.key }.compactMap { variable, types in
      var names: [JSON] = []
      for type in types {
        guard case .tensor(let element) = type else { return nil }
        if kernel.supports(type, for: variable, version: signature.since) {
          names.append(.string(element.name))
        }
      }
      return JSON.Member(variable, .array(names))
    }
  }
}
