import Testing

@Suite("Command line: models and relations")
struct ModelTests {
  private static let relation = "model/decoder-23/f32/decode-after-prompt#001"

  @Test("The smoke tier has one case of each model, and all pass")
  func smoke() throws {
    let scratch = try ScratchDirectory()
    let list = try Assay.run(["list", "--tier", "smoke", "-E", "model(*)"])
    #expect(
      list.output.split(separator: "\n").map { String($0) }.sorted() == [
        "model/decoder-23/f32/prompt#000", "model/qdq-mlp-21/u8/decimal-scales#000",
        "model/resnet-15/f32/image#000",
      ])
    let run = try Assay.runAdd(into: scratch.path("report"), filter: "model(*)")
    #expect(run.ending == .exit(0))
    #expect(run.lastLine == "3 passed, 0 failed, 0 skipped")
  }

  @Test("A relation is one record, also when every step is executed twice")
  func relation() throws {
    let scratch = try ScratchDirectory()
    let outcome = try Assay.run([
      "run", "--backend", "cpu", "-E", "group(decode-after-prompt) and dtype(f32)", "--repeat", "2",
      "--report", scratch.path("report"), "--quiet",
    ])
    #expect(outcome.output == "2 passed, 0 failed, 0 skipped\n")
    let log = try scratch.text("report/events.jsonl").split(separator: "\n")
    #expect(log.count { $0.contains(#""kind":"caseJudged""#) } == 2)
    #expect(try scratch.text("report/report.html").contains("decoder"))
  }

  @Test("A backend without the operators declines a relation in its first step")
  func declined() throws {
    let outcome = try Assay.run([
      "reproduce", "--backend", Assay.products + "/libAssayFaultyBackends.so", Self.relation,
    ])
    #expect(outcome.output.contains("step whole: "), "\(outcome.output) \(outcome.errors)")
  }

  @Test("A relation is reproduced with both sides, explained with its steps, and exported")
  func oneRelation() throws {
    let scratch = try ScratchDirectory()
    let reproduced = try Assay.run(["reproduce", "--backend", "cpu", Self.relation])
    #expect(reproduced.ending == .exit(0))
    #expect(
      reproduced.output.contains("next.logits ~ whole.logits (axis 1: 5 ..< 6): 194 elements"))
    let explained = try Assay.run(["explain", Self.relation])
    #expect(explained.output.contains("step         whole: graph prefill, has the golden"))
    #expect(explained.output.contains("past_key_0 = prompt.present_key_0"))
    #expect(explained.output.contains("  C5           tokens one by one"))
    let exported = try Assay.run([
      "export", "-E", "case(\(Self.relation))", "--into", scratch.path("cases"),
    ])
    #expect(exported.ending == .exit(0))
    let folder = "cases/model_decoder-23_f32_decode-after-prompt_001"
    for name in ["model.onnx", "test_data_set_0/input_1.pb", "test_data_set_0/output_5.pb"] {
      #expect(try !scratch.contents("\(folder)/\(name)").isEmpty, "\(name)")
    }
  }
}
