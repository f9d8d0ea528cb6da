import Tensors
import Testing

@Suite("Fills and parts for models")
struct RotationFillTests {
  private func rows(sine: Bool) throws -> [Double] {
    try #require(
      try Fill.rotation(sine: sine).tensor(type: .f64, shape: [64, 4], key: (0, 0)).doubles)
  }

  @Test("Rotations start with (1, 0) and turn by the rational pair (0.6, 0.8) in column 0")
  func start() throws {
    let (cosine, sine) = (try rows(sine: false), try rows(sine: true))
    #expect(cosine.prefix(4) == [1, 1, 1, 1])
    #expect(sine.prefix(4) == [0, 0, 0, 0])
    #expect((cosine[4], sine[4]) == (0.6, 0.8))
    // cos 2θ = 0.36 − 0.64, sin 2θ = 2 · 0.6 · 0.8.
    #expect(abs(cosine[8] + 0.28) < 1e-15 && abs(sine[8] - 0.96) < 1e-15)
    // tan(θ/2) = 1/4 in column 1: (15/17, 8/17).
    #expect(abs(cosine[5] - 15 / 17) < 1e-15 && abs(sine[5] - 8 / 17) < 1e-15)
  }

  @Test("Every pair has unit length, and every row is another one")
  func unitLength() throws {
    let pairs = Array(zip(try rows(sine: false), try rows(sine: true)))
    for (cosine, sine) in pairs { #expect(abs(cosine * cosine + sine * sine - 1) < 1e-13) }
    let first = stride(from: 0, to: 256, by: 4).map { pairs[$0].0 }
    #expect(Set(first).count == 64)
  }

  @Test("A part of an axis keeps the row-major order; what lies outside is no part")
  func parts() throws {
    let whole = try #require(
      Tensor(type: .i64, shape: [2, 3, 2], wrapping: (0..<12).map { Int128($0) }))
    let part = try #require(whole.sliced(TensorSlice(axis: 1, range: 1..<2)))
    #expect(part.shape == [2, 1, 2])
    #expect(part.integers == [2, 3, 8, 9])
    #expect(whole.sliced(TensorSlice(axis: 0, range: 0..<2)) == whole)
    #expect(whole.sliced(TensorSlice(axis: 1, range: 2..<4)) == nil)
    #expect(whole.sliced(TensorSlice(axis: 3, range: 0..<1)) == nil)
    #expect(whole.sliced(TensorSlice(axis: -1, range: 0..<1)) == nil)
    let strings = try #require(Tensor(shape: [2], strings: ["a", "b"]))
    #expect(strings.sliced(TensorSlice(axis: 0, range: 1..<2))?.strings == ["b"])
    let packed = try #require(Tensor(type: .u4, shape: [2], bytes: [0x21]))
    #expect(packed.sliced(TensorSlice(axis: 0, range: 0..<1)) == nil)
  }
}
