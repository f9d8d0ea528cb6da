import ArgumentParser
import Cases
import GoldenStore
import Proof
import Spec
import Verification

/// Says what a case is for and how it is judged.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a case, or a code such as value.bound or V706.")

  @OptionGroup var suite: SuiteOptions
  @Argument(help: "A case id, or a code as a report prints it.") var subject: [String]

  mutating func run() throws {
    let subject = subject.joined(separator: " ")
    if let text = CodeExplanation.text(subject) {
      Output.line(text)
      return
    }
    guard let (suite, entry) = try suite.case(subject) else {
      throw CommandStop(
        .nothing,
        "\(subject): neither a case of this suite nor a code of a report; see `assay list`")
    }
    Output.line(try text(entry, suite))
  }

  private func text(_ entry: CaseEntry, _ suite: Suite) throws -> String {
    let group = entry.group
    let source = suite.catalogue.source(of: entry)
    var lines = [
      "\(entry.id)",
      "  \(group.isModel ? "model   " : "operator")     \(group.operatorName), "
        + (group.isModel ? "" : "since version \(group.sinceVersion), ") + "opset \(group.opset)",
      "  types        \(group.types.isEmpty ? "-" : group.types)",
      "  hunts        \(group.intent)",
      "  expects      \(entry.expectation.rawValue)",
      "  judged by    \(ClassExplanation.text(group.accuracyClass))",
      "  data         \(group.twin.rawValue) twin, tier \(group.tier.rawValue)",
      "  written in   \(source.path):\(source.line)",
    ]
    let constraints = suite.catalogue.constraints(of: entry)
    for label in group.covers {
      if let text = constraints.first(where: { $0.label == label })?.text {
        lines.append("  \(label.padded(to: 12)) \(text)")
      }
    }
    let made = try suite.materialise(entry)
    if let relation = made.relation { lines += relation.lines }
    lines += made.bodyLines
    if entry.expectation != .mustReject {
      do {
        for output in try suite.goldens.golden(for: entry).outputs {
          lines.append("  golden       \(output.summary)")
        }
      } catch {
        throw CommandStop(.harness, "\(error)")
      }
    }
    if let figures = try ProofPublication.figures(of: group.id, in: self.suite.goldens) {
      lines += figures.lines
    }
    lines.append("  reproduce    assay reproduce '\(entry.id)' --backend …")
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// The text with spaces behind it up to a width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

extension Discrimination.Figures {
  /// How far the bounds of the case's group stand from what is wrong and from what is right.
  fileprivate var lines: [String] {
    let effect = boundOverEffect.map {
      "  proof        bound / smallest killed effect of the group: \(FigureText.short($0))"
    }
    let witness = witnessOverBound.map {
      "  proof        largest witness error / bound of the group: \(FigureText.short($0))"
    }
    return [effect, witness].compactMap { $0 }
  }
}

extension Case {
  /// That the standard's body stands for the node, and the body; nothing for other forms.
  var bodyLines: [String] {
    switch id.form {
    case .inputs, .initializers: return []
    case .body:
      let text = (try? model.graph.text()) ?? "it cannot be written as text"
      return ["  form         the body that the standard gives the operator, in place of its node:"]
        + text.split(separator: "\n").map { "               \($0)" }
    }
  }
}

extension CaseRelation {
  /// The steps with what they read from each other, and what has to agree.
  fileprivate var lines: [String] {
    let steps = steps.enumerated().map { position, step in
      let results = step.inputs.compactMap { name, source -> String? in
        guard case .result(let result) = source else { return nil }
        return "\(name) = \(result)"
      }
      let golden = position == goldenStep ? ", has the golden" : ""
      let reads = results.isEmpty ? "" : ", reads " + results.joined(separator: ", ")
      return "  step         \(step.name): graph \(step.model.graph.name)\(golden)\(reads)"
    }
    return steps
      + agreements.map { "  agree        \($0.left) and \($0.right), within twice the bound" }
  }
}

extension GoldenOutput {
  /// Name, type, shape and class of the output in one line.
  fileprivate var summary: String {
    let choices = alternatives.count > 1 ? ", \(alternatives.count) legal results" : ""
    guard case .tensor(let tensor)? = alternatives.first else { return name + choices }
    let shape = tensor.shape.map { "\($0)" }.joined(separator: "×")
    return "\(name): \(tensor.type.name)[\(shape)], class "
      + "\(tensor.columns.accuracyClass.rawValue)\(choices)"
  }
}
