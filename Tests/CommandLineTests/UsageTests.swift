import Testing

@Suite("Command line: usage and listing")
struct UsageTests {
  @Test("--help names every command and every exit code")
  func help() throws {
    let outcome = try Assay.run(["--help"])
    #expect(outcome.ending == .exit(0))
    #expect(
      outcome.output == """
        OVERVIEW: Judges AI backends against the ONNX standard, operator by operator.

        Exit codes: 0 conforms, 1 conformance failure, 2 usage or configuration, 3
        harness error, 4 nothing selected, 5 incomplete, 6 tampered, 7 baseline drift.

        USAGE: assay <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          run                     Run cases on a backend and write reports.
          list                    List the cases a run would execute; exit 4 if there
                                  are none.
          explain                 Explain a case, or a code such as value.bound or V706.
          reproduce               Run one case and show everything about its verdict.
          report                  Regenerate the reports from an event log.
          merge                   Join the logs of all shards; exit 5 when one is
                                  missing.
          doctor                  Check suite, goldens, worker and backend; exit 2 when
                                  something is wrong.
          export                  Write cases as model.onnx + test_data_set_0 folders.
          probe                   Probe the numeric mode of a backend; exit 1 when it
                                  contradicts the declared one.
          prove                   Prove the cases: every fault is noticed, every right
                                  way of computing passes.
          coverage                Count what of the standard the cases reach, and name
                                  what they do not.

          See 'assay help <subcommand>' for detailed help.

        """)
    #expect(outcome.errors == "")
  }

  @Test("An unknown option is a usage error, with the usage on stderr and nothing on stdout")
  func unknownOption() throws {
    let outcome = try Assay.run(["list", "--nope"])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("Error: Unknown option '--nope'\nUsage: assay list "))
  }

  @Test("The number of cases that a filter selects is one line")
  func count() throws {
    let outcome = try Assay.run(["list", "--count", "-E", "op(Softmax)"])
    #expect(outcome.ending == .exit(0))
    let number = try #require(Int(outcome.output.dropLast()))
    #expect(number > 0)
    #expect(outcome.output == "\(number)\n")
  }

  @Test("The cases that a filter selects are listed by their ids")
  func list() throws {
    let outcome = try Assay.run(["list", "--tier", "smoke", "-E", "op(Add) and dtype(f32)"])
    #expect(outcome.ending == .exit(0))
    #expect(
      outcome.output == """
        onnx/Add-14/f32/same-shape#000
        onnx/Add-14/f32/halfway-sums#000

        """)
  }

  @Test("A selection of nothing is exit 4, never success")
  func nothing() throws {
    let outcome = try Assay.run(["list", "-E", "op(Nope)"])
    #expect(outcome.ending == .exit(4))
    #expect(outcome.output == "")
    #expect(outcome.errors == "assay: no case is selected by tier ci and -E 'op(Nope)'\n")
  }

  @Test("A run of nothing is exit 4 and leaves no folder")
  func runOfNothing() throws {
    let scratch = try ScratchDirectory()
    let outcome = try Assay.runAdd(into: scratch.path("report"), filter: "op(Nope)")
    #expect(outcome.ending == .exit(4))
    #expect(!scratch.exists("report"))
  }

  @Test("A filter that does not parse is a usage error with the column")
  func badFilter() throws {
    let outcome = try Assay.run(["list", "-E", "op(Softmax"])
    #expect(outcome.ending == .exit(2))
    #expect(
      outcome.errors == "assay: -E: filter, column 3: the parenthesis of op is not closed\n")
  }

  @Test("A verdict code is explained in one line")
  func explainCode() throws {
    let outcome = try Assay.run(["explain", "value.bound"])
    #expect(outcome.ending == .exit(0))
    #expect(
      outcome.output == "value.bound: an element lies beyond its derived error bound\n")
  }

  @Test("A case is explained with its constraints, its golden and how to run it")
  func explainCase() throws {
    let outcome = try Assay.run(["explain", "onnx/Add-14/f32/same-shape#000"])
    #expect(outcome.ending == .exit(0))
    #expect(
      outcome.output == """
        onnx/Add-14/f32/same-shape#000
          operator     Add, since version 14, opset 14
          types        f32
          hunts        a wrong element, a lost tail, operands of the wrong precision
          expects      must-match
          judged by    class R: the exact result, rounded once to nearest even (numerics §6.2)
          data         random twin, tier smoke
          written in   conformance-cases/operators/math/Add.yaml:14
          C1           the shape of the output is the broadcast of the inputs' shapes
          C3           floats are the correctly rounded sum, subnormal results included
          golden       C: f32[129], class rounded
          proof        bound / smallest killed effect of the group: 0.00195
          proof        largest witness error / bound of the group: 1
          reproduce    assay reproduce 'onnx/Add-14/f32/same-shape#000' --backend …

        """)
  }

  @Test("What is neither case nor code is exit 4")
  func explainNothing() throws {
    let outcome = try Assay.run(["explain", "onnx/Add-14/f32/no-such-group#000"])
    #expect(outcome.ending == .exit(4))
    #expect(outcome.output == "")
  }
}
