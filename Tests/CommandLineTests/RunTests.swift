import Testing

@Suite("Command line: run, report, shards")
struct RunTests {
  private static let reports = ["results.json", "junit.xml", "report.html", "summary.md"]

  @Test("A run that conforms ends with 0, a closing line of counts, the log and four reports")
  func run() throws {
    let scratch = try ScratchDirectory()
    let folder = scratch.path("report")
    let outcome = try Assay.runAdd(into: folder)
    #expect(outcome.ending == .exit(0))
    let backend = #"vendor "Assay CPU backend 0.1.0" on cpu"#
    #expect(
      outcome.output == """
        Assay 0.1 · suite 2026.1 · tier smoke · profile none · \(backend) · strict-fp32 (declared)

        none: 0 of 0 mandatory cases · 0 operators affected
        report: \(folder)/report.html   \(folder)/junit.xml   \(folder)/results.json   \
        \(folder)/summary.md   \(folder)/events.jsonl
        6 passed, 0 failed, 0 skipped

        """)
    for name in Self.reports + ["events.jsonl"] {
      #expect(scratch.exists("report/" + name), "\(name)")
    }
  }

  @Test("A log is never overwritten: the second run into a folder is refused and changes nothing")
  func existingLog() throws {
    let scratch = try ScratchDirectory()
    #expect(try Assay.runAdd(into: scratch.path("report")).ending == .exit(0))
    let log = try scratch.contents("report/events.jsonl")
    let second = try Assay.runAdd(into: scratch.path("report"))
    #expect(second.ending == .exit(2))
    #expect(second.errors.contains("events.jsonl: cannot be written: File exists"))
    #expect(try scratch.contents("report/events.jsonl") == log)
  }

  @Test("Reports made anew from the log are the same bytes")
  func report() throws {
    let scratch = try ScratchDirectory()
    #expect(try Assay.runAdd(into: scratch.path("report")).ending == .exit(0))
    let log = scratch.path("report/events.jsonl")
    let outcome = try Assay.run(["report", log, "--into", scratch.path("again"), "--quiet"])
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output == "6 passed, 0 failed, 0 skipped\n")
    for name in Self.reports {
      let (first, second) = (
        try scratch.contents("report/" + name), try scratch.contents("again/" + name)
      )
      #expect(first == second, "\(name)")
    }
  }

  @Test("A log with an edited line is exit 6, naming the line behind it")
  func editedLog() throws {
    let scratch = try ScratchDirectory()
    #expect(try Assay.runAdd(into: scratch.path("report")).ending == .exit(0))
    var lines = try scratch.text("report/events.jsonl").split(separator: "\n").map { String($0) }
    let position = try #require(lines.firstIndex { $0.contains("\"kind\":\"caseJudged\"") })
    lines[position].replace("\"accuracyClass\":\"rounded\"", with: "\"accuracyClass\":\"random\"")
    try scratch.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "edited.jsonl")
    let outcome = try Assay.run(["report", scratch.path("edited.jsonl")])
    #expect(outcome.ending == .exit(6))
    #expect(outcome.errors.contains("edited.jsonl:\(position + 2): "))
  }

  @Test("Two shards joined have the counts of one run")
  func merge() throws {
    let scratch = try ScratchDirectory()
    var passed = 0
    for number in 1...2 {
      let outcome = try Assay.runAdd(
        into: scratch.path("\(number)"), ["--shard", "hash:\(number)/2", "--quiet"])
      #expect(outcome.ending == .exit(0))
      passed += Int(outcome.output.prefix { $0.isNumber }) ?? 0
    }
    #expect(passed == 6)
    let logs = ["2", "1"].map { scratch.path("\($0)/events.jsonl") }
    let joined = try Assay.run(["merge"] + logs + ["--report", scratch.path("joined")])
    #expect(joined.ending == .exit(0))
    #expect(joined.lastLine == "6 passed, 0 failed, 0 skipped")
    for name in Self.reports { #expect(scratch.exists("joined/" + name), "\(name)") }
  }

  @Test("A missing shard and a shard given twice are exit 5, by name")
  func missingShard() throws {
    let scratch = try ScratchDirectory()
    let run = try Assay.runAdd(into: scratch.path("1"), ["--shard", "hash:1/2"])
    #expect(run.ending == .exit(0))
    let log = scratch.path("1/events.jsonl")
    let report = ["--report", scratch.path("joined")]
    let missing = try Assay.run(["merge", log] + report)
    #expect(missing.ending == .exit(5))
    #expect(missing.errors == "assay: missing shards: 2/2\n")
    let twice = try Assay.run(["merge", log, log] + report)
    #expect(twice.ending == .exit(5))
    #expect(!scratch.exists("joined"))
  }

  @Test("A passing case is reproduced with its metrics")
  func reproduce() throws {
    let outcome = try Assay.run(
      ["reproduce", "--backend", "cpu", "onnx/Add-14/f32/same-shape#000"])
    #expect(outcome.ending == .exit(0))
    #expect(
      outcome.output.hasPrefix(
        """
        PASS  onnx/Add-14/f32/same-shape#000  (strict-fp32)
          intent: a wrong element, a lost tail, operands of the wrong precision
          C: 129 elements, 0 wrong, worst ratio 1.0, max ulp 0.5
          informative, never part of the verdict:
            C:
              hard ratio           1               max |e|/bound (Assay)
              ulp.maximum          0.5             max |e|/ulp (OpenCL-CTS, TOSA)

        """))
    #expect(outcome.output.contains("\n    other rules:\n      ONNX                 accepts  "))
    #expect(outcome.output.contains("\n      TOSA                 not applicable  arm/"))
  }

  @Test("--metrics records other suites' rules for passing cases; without it they are left out")
  func metrics() throws {
    let scratch = try ScratchDirectory()
    let plain = try Assay.runAdd(into: scratch.path("plain"), ["--quiet"])
    let measured = try Assay.runAdd(into: scratch.path("measured"), ["--quiet", "--metrics"])
    #expect(plain.ending == .exit(0))
    #expect(measured.output == plain.output)
    let member = #""schemes":{"cambricon.exact":"accepts""#
    #expect(try !scratch.text("plain/results.json").contains("\"schemes\""))
    #expect(try scratch.text("measured/results.json").contains(member))
    #expect(try !scratch.text("plain/report.html").contains("Informative metrics"))
    #expect(try scratch.text("measured/report.html").contains("Informative metrics"))
  }

  @Test("--metrics with a foreign suite is a usage error")
  func metricsOfForeignSuite() throws {
    let outcome = try Assay.run(["run", "--backend", "cpu", "--metrics", "--onnx-suite", "x"])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors.hasPrefix("Error: --metrics is for the suite's own cases"))
  }

  @Test("Cases are exported in the classic layout: model, inputs and output")
  func export() throws {
    let scratch = try ScratchDirectory()
    let outcome = try Assay.run([
      "export", "--tier", "smoke", "-E", "op(Add) and dtype(f32)", "--into", scratch.path("cases"),
    ])
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output == "2 cases exported to \(scratch.path("cases"))\n")
    for group in ["same-shape", "halfway-sums"] {
      let folder = "cases/onnx_Add-14_f32_\(group)_000"
      let files = ["input_0.pb", "input_1.pb", "output_0.pb"].map { "test_data_set_0/" + $0 }
      for name in files + ["model.onnx"] {
        #expect(try !scratch.contents("\(folder)/\(name)").isEmpty, "\(name)")
      }
    }
  }
}
