import Glibc
import Testing

@Suite("assay prove")
struct ProveTests {
  static let addition = """
    operator: Add
    versions: [14]
    accuracy: {class: rounded}
    constraints: {C1: the sum}
    groups:
      - name: first
        intent: a wrong sum
        covers: [C1]
        for: {T: [f32]}
        inputs: {A: {shape: [65], fill: normal}, B: {shape: [65], fill: normal}}
      - name: second
        intent: a wrong sum of other values
        covers: [C1]
        for: {T: [f32, f16]}
        inputs: {A: {shape: [65], fill: {normal, sigma: 2}}, B: {shape: [65], fill: normal}}

    """

  @Test("A case whose bounds hide an all-zero answer fails, and the fault is named")
  func weakBound() throws {
    let suite = try TinySuite(
      family: "nn", name: "LayerNormalization",
      yaml: """
        operator: LayerNormalization
        versions: [17]
        accuracy: {class: composite}
        constraints: {C1: the output has the shape of the input}
        groups:
          - name: far-mean
            intent: values that differ by less than the mean can be rounded
            covers: [C1]
            for: {T: [f32]}
            attributes: {axis: -1}
            inputs:
              X: {shape: [2, 8], fill: {normal, sigma: 0x1p-20, shift: 16777216}}
              Scale: {shape: [8], fill: ones}

        """)
    let outcome = try suite.prove()
    #expect(outcome.ending == .exit(1), "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("DATA"))
    #expect(outcome.lastLine == "0 passed, 1 failed, 0 skipped")
  }

  @Test("A case with an all-zero golden is rejected by name, until its group declares it")
  func zeroGolden() throws {
    let yaml = """
      operator: Mul
      versions: [14]
      accuracy: {class: rounded}
      constraints: {C1: the product}
      groups:
        - name: by-zero
          intent: a factor that is ignored
          covers: [C1]
          for: {T: [f32]}
          inputs: {A: {shape: [4], fill: {uniform, low: 1, high: 2}}, B: {shape: [4], fill: zeros}}

      """
    let suite = try TinySuite(family: "math", name: "Mul", yaml: yaml)
    let outcome = try suite.prove()
    #expect(outcome.ending == .exit(1))
    #expect(outcome.output.contains("DATA  onnx/Mul-14/f32/by-zero#000   zeros"))
    let declared = yaml.split(separator: "    covers: [C1]\n", maxSplits: 1)
      .joined(separator: "    covers: [C1]\n    trivial: [zeros, copy]\n")
    let other = try TinySuite(family: "math", name: "Mul", yaml: declared)
    let second = try other.prove()
    #expect(!second.output.contains("by-zero#000   zeros"), "\(second.output)\(second.errors)")
  }

  @Test("An unchanged suite is not proven again, and a changed group alone is")
  func increments() throws {
    let suite = try TinySuite(family: "math", name: "Add", yaml: Self.addition)
    let first = try suite.prove()
    #expect(first.ending == .exit(0), "\(first.output)\(first.errors)")
    #expect(first.errors.contains("3 cases proven, 0 known"))
    let journal = try suite.scratch.contents("proof/proof.jsonl")
    let again = try suite.prove()
    #expect(again.errors.contains("0 cases proven, 3 known"))
    #expect(again.output == first.output)
    #expect(try suite.scratch.contents("proof/proof.jsonl") == journal)
    let changed = Self.addition.split(separator: "sigma: 2", maxSplits: 1)
      .joined(separator: "sigma: 3")
    try suite.write(name: "Add", yaml: changed)
    let third = try suite.prove()
    #expect(third.errors.contains("2 cases proven, 1 known"), "\(third.errors)")
  }

  @Test("Figures are recorded on request, and a record that no longer fits is drift")
  func drift() throws {
    let suite = try TinySuite(family: "math", name: "Add", yaml: Self.addition)
    #expect(try suite.prove(["--record"]).ending == .exit(7))
    #expect(try suite.prove(["--record"]).ending == .exit(0))
    #expect(try suite.prove().ending == .exit(0))
    let renamed = Self.addition.split(separator: "name: second", maxSplits: 1)
      .joined(separator: "name: third")
    try suite.write(name: "Add", yaml: renamed)
    let outcome = try suite.prove()
    #expect(outcome.ending == .exit(1), "\(outcome.output)")
    #expect(outcome.output.contains("DRIFT"))
  }

  @Test("A proof that was killed goes on, and ends with the same journal")
  func resumption() throws {
    let scratch = try ScratchDirectory()
    let filter = ["--tier", "smoke", "-E", "op(Softmax) or op(LogSoftmax) or op(Optional)"]
    func arguments(_ folder: String) -> [String] {
      ["prove", "--jobs", "1", "--into", scratch.path(folder)] + filter
    }
    let whole = try Assay.run(arguments("whole"))
    let launch = try Launch(
      [Assay.products + "/assay"] + arguments("killed"), in: Assay.root,
      output: scratch.path("output"), errors: scratch.path("errors"))
    var seen = 0
    for _ in 0..<2_000 where seen < 2_000 {
      seen = (try? scratch.contents("killed/proof.jsonl").count) ?? 0
      usleep(2_000)
    }
    kill(launch.identifier, SIGKILL)
    _ = try launch.ending()
    #expect(seen > 0)
    let resumed = try Assay.run(arguments("killed"))
    #expect(resumed.ending == whole.ending)
    #expect(resumed.output == whole.output)
    #expect(
      try scratch.contents("killed/proof.jsonl") == scratch.contents("whole/proof.jsonl"))
  }

  @Test("A library without variants and an unknown folder are usage errors")
  func usage() throws {
    let scratch = try ScratchDirectory()
    let cpu = Assay.products + "/libAssayCPUBackend.so"
    for more in [["--faults", cpu], ["--faults", "/nowhere.so"], ["--tier", "none"]] {
      let outcome = try Assay.run(
        ["prove", "-E", "op(Add)", "--into", scratch.path("proof")] + more)
      #expect(outcome.ending == .exit(2), "\(more): \(outcome.errors)")
    }
    #expect(
      try Assay.run(["prove", "-E", "op(None)", "--into", scratch.path("proof")]).ending == .exit(4)
    )
  }
}
