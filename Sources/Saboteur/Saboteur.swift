package import CPUBackend
import Spec
package import Variants

/// The catalogue of faults: backends that compute wrongly in one named way.
package enum Saboteur {
  /// Every fault of a suite: those that follow from the operators' schemas, then those of single
  /// operators.
  ///
  /// - Parameter directory: the folder of the case files, with the operator table in `standard` and
  ///   the functions that stand in for operators in `mutants`.
  /// - Throws: `invalidInput` when something there cannot be read.
  package static func catalogue(cases directory: String) throws(KernelError) -> [any Variant] {
    let standard: Standard
    do throws(StandardError) {
      standard = try Standard.load(from: directory + "/standard")
    } catch {
      throw .invalidInput("\(error)")
    }
    let family = FaultFamily(standard: standard)
    let bodies = family.bodyFaults(try BodyFile.bodies(in: directory + "/mutants"))
    return family.generic + bodies as [any Variant]
  }
}

extension FaultFamily {
  /// The faults that apply to any operator, in the order of the catalogue.
  fileprivate var generic: [any Variant] {
    let results =
      placements + replacements + imprecision + specialResults + integerResults + runs + mapResults
    let inputs = inputImprecision + inputSpecials + inputPlacements
    let models = attributeFaults + operandFaults + typeFaults
    return results + inputs + models + [AcceptsEverything(), KeptAnswer()] as [any Variant]
  }
}
