import Cases
import Testing

@Suite("Filter expressions")
struct FilterTests {
  private func count(_ text: String) throws -> Int {
    try CaseCatalogue(
      load: Repository.cases, standard: Repository.standard(), filter: CaseFilter(text)
    ).entries.count
  }

  private func ids(_ text: String) throws -> Set<String> {
    Set(
      try CaseCatalogue(
        load: Repository.cases, standard: Repository.standard(), filter: CaseFilter(text)
      ).entries.map { "\($0.id)" })
  }

  @Test(
    "Equivalent expressions select the same cases",
    arguments: [
      ("op(Softmax)", "op(=Softmax)"), ("op(Softmax)", "op(~^Softmax$)and not op(Add)"),
      ("op(Softmax)", "op(Soft*ax)"), ("op(Add) or op(Softmax)", "op(Softmax) or op(Add)"),
      ("not op(Add) and op(Softmax)", "op(Softmax)"),
      ("op(Softmax) and (dtype(f16) or dtype(f32))", "op(Softmax) and dtype(~^f(16|32)$)"),
      ("op(Softmax) and opset(>=13)", "op(Softmax) and opset(13)"),
      ("op(Softmax) and opset(<13)", "op(Softmax) and opset(9..12)"),
      ("op(Softmax) and tier(smoke)", "op(Softmax) and tier(=smoke)"),
      ("op(Softmax) and tier(ci)", "op(Softmax)"),
      ("op(Add) and class(exact)", "op(Add) and not class(rounded)"),
      ("op(Add) and form(initializers)", "op(Add) and case(*+initializers)"),
      (
        "op(Add) and group(onnx/Add-14/f32/special-values)",
        "op(Add) and opset(14) and dtype(f32) and group(special-values)"
      ),
    ])
  func equivalent(_ a: String, _ b: String) throws {
    let selected = try ids(a)
    #expect(!selected.isEmpty)
    #expect(try ids(b) == selected)
  }

  @Test("One case is selected by its id, in its form")
  func oneCase() throws {
    let constant = try #require(try ids("op(Add) and form(initializers)").first)
    let id = String(constant.dropLast("+initializers".count))
    #expect(try ids("case(\(id))") == [id])
    #expect(try ids("case(\(id)+initializers)") == [id + "+initializers"])
    #expect(try count("case(onnx/Add-14/f32/same-shape#999)") == 0)
    #expect(try count("model(Add)") == 0)
  }

  @Test("and binds tighter than or, not tighter than and")
  func precedence() throws {
    let all = try count("op(Add)") + count("op(Softmax)")
    #expect(try count("op(Softmax) or op(Add) and dtype(f32)") < all)
    #expect(
      try count("op(Softmax) or op(Add) and dtype(f32)")
        == count("op(Softmax)") + count("op(Add) and dtype(f32)"))
    #expect(
      try count("op(Add) and not dtype(f32) and form(inputs)")
        == count("op(Add) and (not dtype(f32)) and form(inputs)"))
  }

  @Test("Whole files are skipped only when no case of theirs can match")
  func mayMatch() throws {
    func may(_ text: String, _ name: String) throws -> Bool {
      try CaseFilter(text).mayMatch(operatorName: name)
    }
    #expect(try !may("op(Add)", "Softmax"))
    #expect(try !may("op(Add) and dtype(f32)", "Softmax"))
    #expect(try may("op(Add) or dtype(f32)", "Softmax"))
    #expect(try !may("not (op(Add) or dtype(f32))", "Add"))
    #expect(try may("not dtype(f32)", "Softmax"))
    #expect(try may("case(onnx/Add-14/f32/x#000)", "Add"))
    #expect(try !may("case(onnx/Add-14/f32/x#000)", "Softmax"))
  }

  @Test(
    "Errors give the column",
    arguments: [
      ("opp(Add)", #"filter, column 1: unknown predicate "opp"; did you mean "op"?"#),
      ("op(Add) and", "filter, column 12: a predicate is missing; write e.g. op(Softmax)"),
      ("", "filter, column 1: a predicate is missing; write e.g. op(Softmax)"),
      (
        "op(Add) op(Sub)",
        #"filter, column 9: "o" does not belong here; join predicates by and, or"#
      ),
      ("(op(Add)", "filter, column 9: the parenthesis is not closed"),
      ("op(Add", "filter, column 3: the parenthesis of op is not closed"),
      ("op()", "filter, column 4: op needs an argument"),
      ("op", "filter, column 3: op needs an argument; write op(…)"),
      (
        "opset(new)",
        #"filter, column 7: "new" is no condition on a version; write 13, >=13, <13 or 11..18"#
      ),
      (
        "tier(nightly)", #"filter, column 6: unknown tier "nightly"; known: smoke, ci, full, heavy"#
      ),
      ("op(~[)", #"filter, column 4: "~[" is not a regular expression"#),
      (
        "status(pass)",
        #"filter, column 1: unknown predicate "status"; known: op, model, dtype, opset, group, case, tier, class, form"#
      ),
    ])
  func errors(_ text: String, _ message: String) {
    do {
      _ = try CaseFilter(text)
      Issue.record("accepted: \(text)")
    } catch {
      #expect("\(error)" == message)
    }
  }

  @Test("Deep nesting is refused instead of exhausting the stack")
  func depth() {
    let text = String(repeating: "(", count: 100_000)
    #expect(throws: CaseFilterError.self) { try CaseFilter(text) }
    #expect(throws: CaseFilterError.self) {
      try CaseFilter(String(repeating: "not ", count: 100_000))
    }
  }
}
