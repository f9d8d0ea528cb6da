package import ModelFormat
package import Spec
package import Tensors

/// SHA-256 over everything that decides a verdict: model, inputs, accuracy class and golden.
package enum CaseDigest {
  /// The digest in lower-case hexadecimal.
  ///
  /// Every part is preceded by its length, so that no two different cases share a message.
  package static func hexadecimal(
    model: [UInt8], inputs: [(name: String, value: Value)], accuracyClass: AccuracyClass,
    goldenDigest: [UInt8]
  ) -> String {
    var hash = SHA256()
    hash.update(separated: "assay.case.v1")
    hash.update(count: model.count)
    hash.update(model)
    hash.update(count: inputs.count)
    for input in inputs {
      hash.update(text: input.name)
      hash.update(value: input.value)
    }
    hash.update(text: accuracyClass.rawValue)
    hash.update(count: goldenDigest.count)
    hash.update(goldenDigest)
    return SHA256.hexadecimal(hash.digest())
  }

  /// The digest of a case; for a relation over every step, its inputs and where they come from.
  package static func hexadecimal(
    of made: Case, accuracyClass: AccuracyClass, goldenDigest: [UInt8]
  ) throws(ModelError) -> String {
    guard let relation = made.relation else {
      return hexadecimal(
        model: try made.encodedModel(), inputs: made.inputs, accuracyClass: accuracyClass,
        goldenDigest: goldenDigest)
    }
    var hash = SHA256()
    hash.update(separated: "assay.relation.v1")
    hash.update(count: relation.goldenStep)
    for step in relation.steps {
      var given: [(name: String, value: Value)] = []
      for (name, source) in step.inputs {
        switch source {
        case .given(let value): given.append((name, value))
        case .result(let result): hash.update(text: "\(name) = \(result)")
        }
      }
      hash.update(
        text: hexadecimal(
          model: try step.model.encoded(), inputs: given, accuracyClass: accuracyClass,
          goldenDigest: goldenDigest))
    }
    for agreement in relation.agreements {
      hash.update(text: "\(agreement.left) = \(agreement.right)")
    }
    return SHA256.hexadecimal(hash.digest())
  }

  /// SHA-256 over values in order, for outputs and goldens.
  package static func digest(of values: [Value]) -> [UInt8] {
    var hash = SHA256()
    hash.update(separated: "assay.values.v1")
    hash.update(count: values.count)
    for value in values { hash.update(value: value) }
    return hash.digest()
  }
}

extension SHA256 {
  fileprivate mutating func update(text: String) {
    let bytes = Array(text.utf8)
    update(count: bytes.count)
    update(bytes)
  }

  fileprivate mutating func update(value: Value) {
    update(text: value.type.description)
    switch value {
    case .tensor(let tensor): update(tensor: tensor)
    case .sequence(let values, _): update(values: values)
    case .optional(let content, _): update(values: content.map { [$0] } ?? [])
    case .map(let keys, let values, _):
      update(tensor: keys)
      update(values: values)
    }
  }

  private mutating func update(values: [Value]) {
    update(count: values.count)
    for value in values { update(value: value) }
  }

  private mutating func update(tensor: Tensor) {
    update(count: tensor.shape.count)
    for dimension in tensor.shape { update(count: dimension) }
    update(count: tensor.bytes.count)
    update(tensor.bytes)
    for string in tensor.strings { update(text: string) }
  }
}
