import CPUBackend
import ModelFormat
import Tensors
import Testing

@testable import Witnesses

@Suite("Operators as witnesses compute them")
struct OperatorTests {
  @Test("Matrix products of integers are exact in every order", arguments: Witnesses.orders)
  func exactProducts(_ witness: Witness) throws {
    let a = try floats([2, 3], [1, 2, 3, 4, 5, 6])
    let b = try floats([3, 2], [7, 8, 9, 10, 11, 12])
    let product = try run("MatMul", opset: 13, [a, b], by: witness)
    #expect(product.elements(Float.self) == [58, 64, 139, 154])
    let c = try floats([2], [1, -1])
    let general = try run(
      "Gemm", opset: 13, [a, b, c], attributes: ["alpha": .float(2), "beta": .float(3)],
      by: witness)
    #expect(general.elements(Float.self) == [119, 125, 281, 305])
  }

  @Test("Convolutions of integers are exact in every order", arguments: Witnesses.orders)
  func exactConvolutions(_ witness: Witness) throws {
    let x = try floats([1, 1, 4], [1, 2, 3, 4])
    let w = try floats([1, 1, 2], [10, 1])
    let pads: [String: Attribute] = ["pads": .ints([1, 0])]
    let y = try run("Conv", opset: 22, [x, w], attributes: pads, by: witness)
    #expect(y.elements(Float.self) == [1, 12, 23, 34])
    let t = try run("ConvTranspose", opset: 22, [x, w], by: witness)
    #expect(t.elements(Float.self) == [10, 21, 32, 43, 4])
  }

  @Test("An Einstein sum takes diagonals, repeated axes and three operands")
  func einsum() throws {
    let way = try witness("sum-pairwise")
    let a = try floats([2, 2], [1, 2, 3, 4])
    func sum(_ equation: String, _ inputs: [Tensor]) throws -> [Float] {
      try run(
        "Einsum", opset: 12, inputs, attributes: ["equation": .string(equation)], by: way
      ).elements(Float.self)
    }
    #expect(try sum("ii->", [a]) == [5])
    #expect(try sum("ij,jk->ik", [a, a]) == [7, 10, 15, 22])
    #expect(try sum("ij,jk,kl->il", [a, a, a]) == [37, 54, 81, 118])
  }

  @Test("Every scan gives the running sums", arguments: Scan.allCases, [1, 2, 16, 17, 100])
  func scans(_ scan: Scan, _ count: Int) {
    let terms = (0..<count).map { Float($0 % 7 - 2) }
    var (sum, expected) = (0, [Float]())
    for index in 0..<count {
      sum += index % 7 - 2
      expected.append(Float(sum))
    }
    #expect(scan.inclusive(terms) == expected)
  }

  @Test(
    "Every softmax of logarithms is their ratio",
    arguments: [
      SoftmaxForm.direct, .reciprocal,
      .online, .exp2, .exp2Fused,
    ])
  func softmax(_ form: SoftmaxForm) {
    // log 1, log 2, log 5 less anything.
    let row = [1.0, 2, 5].map { Double.log($0) - 40 }
    let way = Summation(order: .sequential)
    for (value, expected) in zip(form.softmax(row, way), [0.125, 0.25, 0.625]) {
      #expect(abs(value - expected) < 1e-13)
    }
    let undefined = form.softmax([Double.infinity, 0], way).filter(\.isNaN)
    #expect(undefined.count == 2)
    #expect(form.softmax([-Double.infinity, 0], way) == [0, 1])
    guard form != .exp2Fused else { return }
    #expect(abs(form.logSumExp(row, way) - (Double.log(8) - 40)) < 1e-13)
    #expect(form.logSumExp([-Double.infinity, -Double.infinity], way) == -.infinity)
  }

  /// Impulses have spectra of modulus 1, whose angle is a multiple of a part of a turn.
  @Test(
    "Every Fourier transform turns an impulse", arguments: FourierForm.allCases,
    [1, 2, 3, 8, 11, 12, 16, 61])
  func transforms(_ form: FourierForm, _ count: Int) {
    for at in [0, 1, count / 2] where at < count {
      var row = ComplexRow<Double>(count: count)
      row.imaginary[at] = 2
      let spectrum = form.transform(row, -1)
      for k in 0..<count {
        let angle = 2 * Double.pi * Double(at * k % count) / Double(count)
        #expect(abs(spectrum.real[k] - 2 * Double.sin(angle)) < 1e-13)
        #expect(abs(spectrum.imaginary[k] - 2 * Double.cos(angle)) < 1e-13)
      }
    }
  }

  @Test("Moments agree whichever way they are computed")
  func moments() {
    // 10000 ± 3, 4, 5: variance 50/3.
    let row: [Double] = [9_997, 10_003, 9_996, 10_004, 9_995, 10_005]
    for form in [NormalisationForm(), NormalisationForm(moments: .welford)] {
      let moments = form.statistics(row, Summation(order: .pairwise))
      #expect(moments.mean == 10_000)
      #expect(abs(moments.variance - 50.0 / 3) < 1e-11)
    }
  }

  @Test("Attention in tiles is attention in one piece", arguments: [1, 2, 3, 8])
  func tiles(_ tile: Int) throws {
    let shape = [1, 2, 5, 4]
    let operands = try (1...3).map { try floats(shape, noise(40, seed: UInt64($0))) }
    let way = Summation(order: .sequential)
    let tiled = AttentionForm(tile: tile, way: way)
    let whole = AttentionForm(way: way)
    let results = try [tiled, whole].map { form in
      try run(
        "Attention", opset: 24, operands,
        by: Witness("test", summary: "") { _ in ["Attention": form.attention] }
      ).elements(Float.self)
    }
    for (a, b) in zip(results[0], results[1]) { #expect(abs(a - b) < 1e-6) }
    // Keys that are all alike weigh alike: the result is the mean of the values.
    let alike = try floats(shape, [Double](repeating: 1, count: 40))
    let mean = try run(
      "Attention", opset: 24, [operands[0], alike, operands[2]],
      by: Witness("test", summary: "") { _ in ["Attention": tiled.attention] })
    let values = operands[2].elements(Float.self)
    let expected = (0..<5).reduce(Float(0)) { $0 + values[$1 * 4] } / 5
    #expect(abs(mean.elements(Float.self)[0] - expected) < 1e-6)
  }

  @Test(
    "Kernels of every instruction set give the backend's bits",
    arguments: ["avx512", "avx2", "neon", "scalar"])
  func instructionSets(_ name: String) throws {
    let way = try witness("kernels-\(name)")
    guard InstructionSet.all[name] != nil else {
      #expect(throws: KernelError.self) { try run("MatMul", opset: 13, [], by: way) }
      return
    }
    let a = try floats([3, 19, 401], noise(3 * 19 * 401, seed: 11))
    let b = try floats([401, 33], noise(401 * 33, seed: 12))
    let product = try run("MatMul", opset: 13, [a, b])
    #expect(try run("MatMul", opset: 13, [a, b], by: way) == product)
    let x = try floats([2, 4, 9, 7], noise(2 * 4 * 9 * 7, seed: 13))
    let w = try floats([6, 2, 3, 3], noise(6 * 2 * 9, seed: 14))
    let bias = try floats([6], noise(6, seed: 15))
    let attributes: [String: Attribute] = ["group": .int(2), "pads": .ints([1, 1, 1, 1])]
    let image = try run("Conv", opset: 22, [x, w, bias], attributes: attributes)
    #expect(
      try run("Conv", opset: 22, [x, w, bias], attributes: attributes, by: way) == image)
  }

  @Test("A mode's witness loses what the mode loses, and no more")
  func modes() throws {
    // 1 + 2^-11 has 12 bits.
    let a = try floats([1, 1], [1 + 0x1p-11])
    let one = try floats([1, 1], [1])
    func product(_ name: String) throws -> Float? {
      try run("MatMul", opset: 13, [a, one], by: try witness(name)).elements(Float.self).first
    }
    #expect(try product("mode-tf32") == 1)
    #expect(try product("mode-hf32") == 1 + 0x1p-11)
    #expect(try product("mode-split-bf16x3") == 1 + 0x1p-11)
    #expect(try product("sum-sequential") == 1 + 0x1p-11)
    let tiny = try floats([1], [0x1p-130])
    let two = try floats([1], [0.5])
    #expect(
      try run("Mul", opset: 14, [tiny, two], by: try witness("mode-flush-subnormals"))
        .elements(Float.self) == [0])
    let large = try floats([1], [3e38])
    #expect(
      try run("Add", opset: 14, [large, large], by: try witness("mode-saturating"))
        .elements(Float.self) == [Float.greatestFiniteMagnitude])
  }
}
