import CPUBackend
import Tensors
import Testing
import Variants

@Suite("Every fault of the catalogue changes something")
struct ReachTests {
  /// Faults of several runs, which one run of a model cannot show; `runs()` does.
  private static let needsRuns: Set<String> = ["answer-kept", "run-to-run-noise"]
  /// Depends on where memory lies, by its nature.
  private static let needsLuck: Set<String> = ["address-dependent"]

  private static func ramp(_ count: Int, _ step: Double = 0.37) -> [Double] {
    (0..<count).map { Double($0 * 7 % 11) * step - 1.3 + 0.01 * Double($0) }
  }

  private func models() throws -> [TinyModel] {
    let (ramp, special) = (
      Self.ramp, [Double.nan, .infinity, -.infinity, -0.0, 0x1p-140, 2e-5, 3, 1]
    )
    return [
      try TinyModel(
        "g (float[3,4] A, float[4,5] B, float[5] C) => (float[3,5] Y) "
          + "{ Y = Gemm<alpha = 0.7, beta = 1.3>(A, B, C) }",
        [floats(ramp(12, 0.37), [3, 4]), floats(ramp(20, 0.11), [4, 5]), floats(ramp(5, 0.3))]),
      try TinyModel(
        "g (double[3,3] A, double[3] B) => (double[3,3] Y) { Y = Add(A, B) }",
        [floats(ramp(9, 0.3), [3, 3], .f64), floats(ramp(3, 0.7), [3], .f64)]),
      try TinyModel(
        "g (bfloat16[2] A, bfloat16[2] B) => (bfloat16[2] Y) { Y = Div(A, B) }",
        [floats([1, 3], nil, .bf16), floats([3, 7], nil, .bf16)]),
      try TinyModel(
        "g (float[2,4] X) => (float[2,4] Y) { Y = Concat<axis = 0>(X) }",
        [floats(special, [2, 4])]),
      try TinyModel(
        "g (int64[2] A, int64[2] B) => (int64[2] Y) { Y = Add(A, B) }",
        [integers([1 << 40 + 1, -77]), integers([1 << 33 + 1, 5])]),
      try TinyModel(
        "g (int8[2] A, int8[2] B) => (int8[2] Y) { Y = Add(A, B) }",
        [integers([127, -128], nil, .i8), integers([1, -1], nil, .i8)]),
      try TinyModel(
        "g (uint4[4] X) => (uint4[4] Y) { Y = Transpose<perm = [0]>(X) }",
        [integers([1, 2, 3, 4], nil, .u4)]),
      try TinyModel(
        "g (float[3] X, int64[2] I) => (float[2] Y) { Y = Gather(X, I) }",
        [floats([5, 6, 7]), integers([-1, 0])]),
      try TinyModel(
        "g (uint8[2] x, float s, uint8 z) => (float[2] y) { y = DequantizeLinear(x, s, z) }",
        [integers([10, 20], nil, .u8), floats([2], []), integers([5], [], .u8)]),
      try TinyModel(
        "g (float[1] X) => (bfloat16[1] Y) { Y = Cast<to = 16>(X) }",
        [floats([1 + 0x1p-8 + 0x1p-9])]),
      try TinyModel(
        "g (double[1] X) => (float16[1] Y) { Y = Cast<to = 10>(X) }",
        [floats([1 + 0x1p-11 + 0x1p-40], nil, .f64)]),
      try TinyModel("g (float[1] X) => (int32[1] Y) { Y = Cast<to = 6>(X) }", [floats([1.75])]),
      try TinyModel(
        "g () => (float[64] Y) { Y = RandomNormal<shape = [64], seed = 3.0>() }", []),
      try TinyModel(
        "g (float[2] X) => (float[2] Y) { Y = Softmax<axis = 7>(X) }", [floats([1, 2])]),
    ]
  }

  private func layers() throws -> [TinyModel] {
    let ramp = Self.ramp
    return [
      try TinyModel(
        "g (float[1,3,8,9] X, float[2,3,2,3] W, float[2] B) => (float[] Y) { Y = Conv<"
          + "dilations = [1, 2], kernel_shape = [2, 3], pads = [0, 1, 2, 3], strides = [2, 1]>"
          + "(X, W, B) }",
        [
          floats(ramp(216, 0.21), [1, 3, 8, 9]), floats(ramp(36, 0.17), [2, 3, 2, 3]),
          floats([0.5, 0.25]),
        ]),
      try TinyModel(
        "g (float[1,1,6,7] X) => (float[] Y) { Y = AveragePool<auto_pad = \"NOTSET\", "
          + "ceil_mode = 1, count_include_pad = 1, dilations = [1, 2], kernel_shape = [2, 3], "
          + "pads = [1, 0, 0, 1], strides = [1, 2]>(X) }", [floats(ramp(42, 0.5), [1, 1, 6, 7])]),
      try TinyModel(
        "g (float[1,1,2,2] Q, float[1,1,2,2] K, float[1,1,2,2] V, float[2,4] M, "
          + "float[1,1,2,2] PK, float[1,1,2,2] PV) => (float[] Y, float[] A, float[] B) "
          + "{ Y, A, B = Attention(Q, K, V, M, PK, PV) }", opset: 23,
        [
          floats([1, 2, 3, 4], [1, 1, 2, 2]), floats([4, 2, 1, 1], [1, 1, 2, 2]),
          floats([1, 5, 2, 7], [1, 1, 2, 2]), floats([0, -50, 0, 0, 0, 0, 0, -50], [2, 4]),
          floats([1, 1, 2, 0], [1, 1, 2, 2]), floats([9, 3, 1, 0], [1, 1, 2, 2]),
        ]),
      try TinyModel(
        "g (float[2,1,2] X, float[1,4,2] W, float[1,4,1] R, float[1,8] B, int32[1] L, "
          + "float[1,1,1] H, float[1,1,1] C) => (float[] Y) "
          + "{ Y = LSTM<hidden_size = 1>(X, W, R, B, L, H, C) }",
        [
          floats(ramp(4, 0.3), [2, 1, 2]), floats(ramp(8, 0.2), [1, 4, 2]),
          floats(ramp(4, 0.5), [1, 4, 1]), floats(ramp(8, 0.1), [1, 8]),
          integers([1], nil, .i32), floats([0.5], [1, 1, 1]), floats([0.25], [1, 1, 1]),
        ]),
      try TinyModel(
        "g (float[1,2,1] X, float[2,1,1] W) => (float[] Y) { Y = Conv<group = 2>(X, W) }",
        [floats([3, 5], [1, 2, 1]), floats([1, 1], [2, 1, 1])]),
      try TinyModel(
        "g (float[1,1,4] X, float[3] S) => (float[] Y) { Y = Resize<mode = \"linear\", "
          + "coordinate_transformation_mode = \"align_corners\">(X, , S) }",
        [floats([1, 5, 2, 9], [1, 1, 4]), floats([1, 1, 1.75])]),
      try TinyModel(
        "g (float[2,3] X, float[3] S, float[3] B) => (float[2,3] Y) "
          + "{ Y = LayerNormalization<epsilon = 0.01>(X, S, B) }",
        [floats(ramp(6, 0.1), [2, 3]), floats([1, 2, 3]), floats([0.5, 1, 2])]),
      try TinyModel(
        "g (float[2,2] X, int64 axis) => (float[2,2] Y) "
          + "{ Y = CumSum<exclusive = 1, reverse = 1>(X, axis) }",
        [floats([1, 2, 3, 4], [2, 2]), integers([1], [])]),
      try TinyModel(
        "g (float[1,2,2] X) => (float[1,2,2] Y) { Y = Softmax<axis = 1>(X) }",
        [floats([0, 3, 1, 0], [1, 2, 2])]),
      try TinyModel(
        """
        g (int64 M, float[1] X) => (float[1] Y) {
          Y = Loop<body = b (int64 i, bool c, float[1] s) => (bool d, float[1] t) {
            d = Equal(i, i)
            t = Add(s, s)
          }>(M, , X)
        }
        """, [integers([3], []), floats([1])]),
      try TinyModel(
        "g (float[2,3] X) => (seq(map(int64, float[])) Z) "
          + "{ Z = ai.onnx.ml.ZipMap<classlabels_int64s = [5, 6, 9]>(X) }",
        [floats(ramp(6, 0.1), [2, 3])]),
    ]
  }

  @Test("On one of a table of tiny models, except for the listed ones")
  func reach() throws {
    let generic = try allFaults().filter { !$0.profile.summary.contains(": ") }
    let models = try models() + layers()
    let silent = generic.filter { fault in
      !models.contains { model in
        guard let wrong = try? model.wrong(fault) else { return false }
        // Models that have to be refused have no right results.
        guard let right = try? model.right() else { return true }
        return wrong != right
      }
    }.map(\.profile.name)
    #expect(Set(silent).subtracting(Self.needsLuck) == Self.needsRuns)
  }

  @Test("Every model of the table but the one to refuse runs")
  func table() throws {
    for model in try models().dropLast() + layers() { _ = try model.right() }
    #expect(throws: (any Error).self) { try models().last?.right() }
  }

  @Test("A second run shows a kept answer and noise; without a fault it shows neither")
  func runs() throws {
    let model = try TinyModel(
      "g (float[1] X) => (float[1] Y) { Y = Exp(X) }", [floats([0])])
    let one = try #require(floats([1]))
    for name in Self.needsRuns {
      let executable = try fault(name).executable(
        for: model.model, in: VariantContext(backend: try Backend(), seed: 0))
      #expect(try executable.execute(model.inputs) == [.tensor(one)])
      let second = try executable.execute(name == "answer-kept" ? [.tensor(one)] : model.inputs)
      #expect((second == [.tensor(one)]) == (name == "answer-kept"))
    }
    let plain = try Backend().executable(model.model)
    #expect(try plain.execute(model.inputs) == plain.execute(model.inputs))
    #expect(try plain.execute([.tensor(one)]) != [.tensor(one)])
  }
}
