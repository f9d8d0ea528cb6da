import Cases
import Glibc
import GoldenStore
import Proof
import Reports
import Runner
import Synchronization
import Verification

/// A proof with its journal: stored inputs first, then fresh ones.
struct ProofSession {
  let suite: Suite
  let plan: RunPlan
  let options: ProofOptions
  let folder: String
  /// How many sets of fresh inputs.
  let seeds: Int

  private var journalPath: String { folder + "/proof.jsonl" }

  /// Proves what the journal does not hold and sums everything up.
  func prove() throws -> (summary: ProofSummary, wasInterrupted: Bool) {
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
      throw CommandStop(
        .usage, "\(folder): cannot be created: \(String(cString: strerror(errno)))")
    }
    do throws(ProofError) {
      return try proven()
    } catch {
      throw CommandStop(Self.code(of: error), "\(error)")
    }
  }

  private func proven() throws(ProofError) -> (summary: ProofSummary, wasInterrupted: Bool) {
    let catalogues = Catalogues(
      faults: try ProofRun.catalogue(of: options.faults),
      witnesses: try ProofRun.catalogue(of: options.witnesses))
    let run = ProofRun(catalogues: catalogues, options: options)
    var result = try execute(
      run,
      SubjectSource(
        entries: plan.entries, suite: suite, faults: catalogues.faults,
        witnesses: catalogues.witnesses, code: options.code))
    let names = (0..<seeds).map { "\(SuiteSeed.published.text)/fresh-\($0 + 1)" }
    for name in names where !result.wasInterrupted {
      result = try execute(run, try freshSource(name, catalogues.witnesses))
    }
    if !result.wasInterrupted { try settle(result.proofs) }
    let summary = ProofSummary(
      selection: ProofSelection(plan.entries, of: suite.catalogue.entries),
      catalogues: catalogues, proofs: result.proofs, seeds: names)
    return (summary, result.wasInterrupted)
  }

  private func freshSource(
    _ seed: String, _ witnesses: VariantCatalogue
  ) throws(ProofError) -> SubjectSource {
    SubjectSource(
      fresh: seed, entries: plan.entries,
      catalogue: suite.catalogue.reseeded(SuiteSeed(seed)), witnesses: witnesses,
      code: options.code)
  }

  /// Shows progress on stderr while a source is proven.
  private func execute(
    _ run: ProofRun, _ source: SubjectSource
  ) throws(ProofError) -> ProofRun.Result {
    let start = Output.monotonicNanoseconds()
    let line = Mutex(
      ProgressLine(total: source.entries.count, isTerminal: Output.isTerminal(2)))
    Interruption.install()
    let journal = try ProofJournal(path: journalPath)
    let result = try run.run(source, journal: journal) { done in
      let text = line.withLock {
        $0.update(Progress(judged: done), elapsed: Output.monotonicNanoseconds() - start)
      }
      if let text { Output.write(text, to: 2) }
    } shouldStop: {
      Interruption.wasRequested
    }
    Output.write(line.withLock { $0.finish() }, to: 2)
    let known = source.entries.count - result.proven
    let seed = source.seed.map { " with inputs of \($0)" } ?? ""
    Output.error("\(result.proven) cases proven\(seed), \(known) known or left out")
    let undrawn = Self.undrawn(result.proofs, source)
    if undrawn > 0 {
      Output.error("\(undrawn) of them not judged: the oracle gives no golden for the drawn inputs")
    }
    return result
  }

  /// How many cases have fresh inputs that the oracle does not evaluate.
  private static func undrawn(
    _ proofs: [ProofJournal.Place: CaseProof], _ source: SubjectSource
  ) -> Int {
    guard let seed = source.seed else { return 0 }
    return source.entries.count { entry in
      let place = ProofJournal.Place(caseID: "\(entry.id)", seed: seed)
      guard case .declined? = proofs[place]?.subject else { return false }
      return true
    }
  }

  /// Leaves the journal in order and without lines of cases that no longer exist.
  private func settle(_ proofs: [ProofJournal.Place: CaseProof]) throws(ProofError) {
    let ids = Set(suite.catalogue.entries.map { "\($0.id)" })
    let bytes = ProofJournal.bytes(of: proofs) { ids.contains($0.caseID) }
    do throws(ReportError) { try AtomicFile.write(bytes, to: journalPath) } catch {
      throw .journal(path: journalPath, reason: "\(error)")
    }
  }

  private static func code(of error: ProofError) -> Verification.ExitCode {
    switch error {
    case .run, .catalogue, .code: .usage
    case .subject, .journal: .harness
    }
  }
}
