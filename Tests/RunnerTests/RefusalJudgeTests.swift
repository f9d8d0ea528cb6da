import BackendHost
import Cases
import Runner
import Spec
import Testing
import Verification

@Suite("Judging refusals")
struct RefusalJudgeTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") {
    $0 + "/" + $1
  }

  private struct NoGolden: Error {}

  private func verdict(
    _ id: String, _ refusal: Refusal, _ phase: WorkerPhase
  ) throws -> Verdict? {
    let cases = Self.root + "/conformance-cases"
    let catalogue = try CaseCatalogue(
      load: cases, standard: try Standard.load(from: cases + "/standard"),
      filter: CaseFilter("op(=Clip)"))
    let entry = try #require(CaseID(id).flatMap { catalogue.entry($0) })
    return CaseJudge(mode: .strict) { _ throws in throw NoGolden() }
      .judge(.refused(refusal, phase), of: entry)?.verdict
  }

  /// Bounds in attributes that cross: no sentence says what follows.
  private static let open = "onnx/Clip-6/f32/crossed-attributes#000"

  @Test("An open value may be declined when the model is compiled, or when it runs")
  func declined() throws {
    let refusal = Refusal(.invalidModel, reason: .other, message: "min is above max")
    #expect(try verdict(Self.open, refusal, .compile) == .pass)
    #expect(try verdict(Self.open, refusal, .run) == .pass)
  }

  @Test("An internal error is no answer while compiling, and a gap stays a gap")
  func errors() throws {
    let error = Refusal(.error, reason: .other, message: "out of luck")
    #expect(try verdict(Self.open, error, .compile) == .fail(.backendError))
    let gap = Refusal(.unsupported, reason: .operator, message: "no Clip")
    #expect(try verdict(Self.open, gap, .compile) == .unsupported(.operator))
    #expect(try verdict(Self.open, gap, .run) == .unsupported(.operator))
  }

  @Test("A model whose values are stated is not declined")
  func stated() throws {
    let refusal = Refusal(.invalidModel, reason: .other, message: "I would rather not")
    for phase in [WorkerPhase.compile, .run] {
      #expect(
        try verdict("onnx/Clip-13/f32/each-type#000", refusal, phase) == .fail(.backendError))
    }
  }
}
