package import CPUBackend
package import Spec
package import Variants

/// The catalogue of faults: backends that compute wrongly in one named way.
package enum Saboteur {
  /// Every fault that follows from the operators' schemas, in the order of the catalogue.
  package static func faults(standard: Standard) -> [Fault] {
    let family = FaultFamily(standard: standard)
    return family.placements + family.replacements + family.imprecision + family.specialResults
      + family.integerResults + family.runs + family.inputImprecision + family.inputSpecials
      + family.inputPlacements
  }

  /// Every fault of a suite.
  ///
  /// - Parameter directory: the folder of the case files, with the operator table in `standard`.
  /// - Throws: `invalidInput` when something there cannot be read.
  package static func catalogue(cases directory: String) throws(KernelError) -> [any Variant] {
    do throws(StandardError) {
      return faults(standard: try Standard.load(from: directory + "/standard"))
    } catch {
      throw .invalidInput("\(error)")
    }
  }
}
