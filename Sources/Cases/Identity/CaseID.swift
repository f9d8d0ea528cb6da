/// The name of a case, e.g. `onnx/Softmax-13/f16/fully-masked-row#003+initializers`.
package struct CaseID: Hashable, Sendable {
  /// `<domain>/<Operator>-<since>/<types>/<intent>`.
  package let group: String
  package let index: Int
  package let form: ParameterForm

  package init(group: String, index: Int, form: ParameterForm = .inputs) {
    (self.group, self.index, self.form) = (group, index, form)
  }

  /// Reads the printed form; nil for any other text.
  package init?(_ text: String) {
    guard let hash = text.lastIndex(of: "#") else { return nil }
    let parts = text[text.index(after: hash)...].split(separator: "+", maxSplits: 1)
    guard let digits = parts.first, digits.count >= 3, digits.allSatisfy(\.isWholeNumber),
      let index = Int(digits), text[..<hash].split(separator: "/").count == 4
    else { return nil }
    let form = parts.count == 2 ? ParameterForm(rawValue: String(parts[1])) : .inputs
    guard let form else { return nil }
    self.init(group: String(text[..<hash]), index: index, form: form)
  }

  /// The operator or model, e.g. `Softmax`; nil where the group is not of the printed form.
  package var subject: String? {
    let parts = group.split(separator: "/")
    guard parts.count > 1, let dash = parts[1].lastIndex(of: "-") else { return nil }
    return String(parts[1][..<dash])
  }

  /// The id without the form: all forms share their input data.
  package var withoutForm: String {
    let digits = "\(index)"
    return group + "#" + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
  }
}

extension CaseID {
  /// The id of the stored golden: a body is judged by bounds of its own, other forms share theirs.
  package var goldenID: String {
    switch form {
    case .inputs, .initializers: withoutForm
    case .body: "\(self)"
    }
  }
}

extension CaseID: CustomStringConvertible {
  package var description: String {
    switch form {
    case .inputs: withoutForm
    case .initializers, .body: withoutForm + "+" + form.rawValue
    }
  }
}

/// How a case reaches the backend.
package enum ParameterForm: String, CaseIterable, Hashable, Sendable {
  /// Every tensor is an input of the graph.
  case inputs
  /// Weights, bounds, axes, shapes … are constants of the model.
  case initializers
  /// Every tensor is an input, and the body that the standard gives the operator is in its place.
  case body
}
