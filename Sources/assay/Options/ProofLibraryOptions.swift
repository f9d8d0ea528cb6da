import ArgumentParser
import BackendHost
import CanonicalJSON
import Glibc
import Proof
import Verification

/// Which libraries prove the cases.
struct ProofLibraryOptions: ParsableArguments {
  @Option(help: "The library of faults; default: the bundled one.")
  var faults: String?

  @Option(help: "The library of witnesses; default: the bundled one.")
  var witnesses: String?

  @Option(help: "Pairs of workers at a time.")
  var jobs = 2

  @Option(name: .customLong("timeout-scale"), help: "Multiplies the deadline of an execution, 1 s.")
  var timeoutScale = 1.0

  @Option(
    help: """
      The folder of the sources that the programs were just built from; without it any change of a \
      program proves everything anew.
      """)
  var sources: String?

  /// `cases`: the folder of the case files, which holds functions that some faults put in place.
  func options(cases: String) throws -> ProofOptions {
    guard (1...64).contains(jobs), timeoutScale > 0, timeoutScale <= 1000 else {
      throw CommandStop(.usage, "--jobs or --timeout-scale is out of range")
    }
    let faults = self.faults ?? Self.bundled("libAssaySaboteur.so")
    let witnesses = self.witnesses ?? Self.bundled("libAssayWitnesses.so")
    let digest: CodeDigest
    do throws(ProofError) {
      if let sources {
        digest = try CodeDigest(sources: sources, mutants: cases + "/mutants")
      } else {
        digest = try CodeDigest(
          programs: ["/proc/self/exe", faults, witnesses], mutants: cases + "/mutants")
      }
    } catch { throw CommandStop(.usage, "\(error)") }
    let folder = JSON.object(["cases": .string(ReportDirectory.absolute(cases))])
    var options = ProofOptions(
      faults: .library(path: faults), witnesses: .library(path: witnesses), jobs: jobs,
      session: SessionOptions(backendOptions: folder.canonicalText), code: digest)
    options.timeoutScale = timeoutScale
    return options
  }

  /// A library beside this program.
  private static func bundled(_ name: String) -> String {
    ReportDirectory.parent(of: ReportDirectory.absolute("/proc/self/exe")) + "/" + name
  }
}
