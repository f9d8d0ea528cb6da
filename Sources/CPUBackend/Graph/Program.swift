import Tensors

/// A compiled graph or function body: steps over numbered slots.
///
/// Slots replace names so that running needs no look-up; each step lists the slots that nothing
/// reads afterwards, and their values are let go right there.
package final class Program: Sendable {
  /// What a step does.
  enum Action: Sendable {
    case kernel(any OperatorKernel.Type)
    /// What a `KernelSubstitution` put in the kernel's place.
    case substitute(SubstituteKernel, for: any OperatorKernel.Type)
    /// A model-local function, compiled for this call with its attributes in place.
    case function(Program)
  }

  /// One node.
  struct Step: Sendable {
    /// The node as messages name it.
    let place: String
    let action: Action
    let version: Int
    /// Slots of the inputs; nil for an omitted one.
    let inputs: [Int?]
    /// Slots of the outputs; nil for one nobody wants.
    let outputs: [Int?]
    let attributes: Attributes
    /// Bodies of graph attributes.
    let bodies: [String: Program]
    /// The signature to check inputs against when some type was not known at compile time.
    let lateCheck: Signature?
    /// Slots nothing reads after this step.
    var releases: [Int] = []
  }

  let slotCount: Int
  /// Slots of the formal inputs.
  let inputs: [Int]
  /// Slots of constants with their values.
  let constants: [(slot: Int, value: Value)]
  /// Values of the enclosing program that this one uses: their slot there and here.
  let captures: [(outer: Int, inner: Int)]
  let steps: [Step]
  let outputs: [Int]
  /// Names of the outputs for messages.
  let outputNames: [String]
  /// Types of the outputs; nil when not known at compile time.
  let outputTypes: [ValueType?]
  /// Declared shapes of the outputs of a graph, with 0 for dimensions that are not fixed; empty for
  /// a function.
  let outputShapes: [Shape]

  init(
    slotCount: Int, inputs: [Int], constants: [(slot: Int, value: Value)],
    captures: [(outer: Int, inner: Int)], steps: [Step], outputs: [Int], outputNames: [String],
    outputTypes: [ValueType?], outputShapes: [Shape] = []
  ) {
    self.slotCount = slotCount
    self.inputs = inputs
    self.constants = constants
    self.captures = captures
    self.steps = Self.addingReleases(to: steps, keeping: Set(outputs))
    self.outputs = outputs
    self.outputNames = outputNames
    self.outputTypes = outputTypes
    self.outputShapes = outputShapes
  }

  /// Adds to each step the slots whose last reader or only writer it is.
  private static func addingReleases(to steps: [Step], keeping kept: Set<Int>) -> [Step] {
    var steps = steps
    var seen = kept
    for index in steps.indices.reversed() {
      let step = steps[index]
      let captured = step.bodies.values.flatMap { $0.captures.map(\.outer) }
      for slot in (step.inputs + step.outputs).compactMap({ $0 }) + captured
      where seen.insert(slot).inserted {
        steps[index].releases.append(slot)
      }
    }
    return steps
  }
}
