import Spec

/// A case as a list knows it: everything but model and tensors.
package struct CaseEntry: Sendable {
  package let id: CaseID
  package let group: CaseGroup
  package let expectation: Expectation
  /// Whether the case relates several executions.
  package let isRelation: Bool
  /// Position of the group's expansion in the catalogue, and of the case in it.
  let expansion: Int
  let combination: Int

  package var form: ParameterForm { id.form }

  /// The case whose node a body stands for.
  package var asSingleNode: CaseEntry {
    CaseEntry(
      id: CaseID(group: id.group, index: id.index), group: group, expectation: expectation,
      isRelation: isRelation, expansion: expansion, combination: combination)
  }
}

/// A group at one version: what all of its cases share.
struct GroupExpansion: Sendable {
  let file: Int
  let group: Int
  let schema: OperatorSchema
  let space: CombinationSpace
  let opset: Int
}
