import CPUBackend
import Glibc
import ModelFormat
import Tensors
import Testing

@Suite("Random operators of the CPU backend")
struct RandomOperatorsTests {
  private func normal(
    seed: Float?, count: Int64 = 40_000, type: ElementType = .f32
  ) throws -> [Double] {
    var attributes: [String: Attribute] = [
      "shape": .ints([count]), "mean": .float(2), "scale": .float(3),
      "dtype": .int(Int64(type.rawValue)),
    ]
    if let seed { attributes["seed"] = .float(seed) }
    let y = try run("RandomNormal", opset: 22, [], attributes: attributes, output: type)
    return try #require(y.doubles)
  }

  @Test("Normal numbers have the moments asked for", arguments: [1, 2, 3] as [Float])
  func moments(seed: Float) throws {
    let z = try normal(seed: seed).map { ($0 - 2) / 3 }
    let n = Double(z.count)
    // Five standard errors of each moment of a normal sample.
    #expect(abs(z.reduce(0, +) / n) < 5 / n.squareRoot())
    #expect(abs(z.reduce(0) { $0 + $1 * $1 } / n - 1) < 5 * (2 / n).squareRoot())
    #expect(abs(z.reduce(0) { $0 + $1 * $1 * $1 } / n) < 5 * (15 / n).squareRoot())
    #expect(abs(z.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n - 3) < 5 * (96 / n).squareRoot())
  }

  @Test("Normal numbers pass the test of Kolmogorov and Smirnov")
  func distribution() throws {
    let z = try normal(seed: 7).map { ($0 - 2) / 3 }.sorted()
    let n = Double(z.count)
    var distance = 0.0
    for (rank, value) in z.enumerated() {
      let expected = 0.5 * erfc(-value / 2.0.squareRoot())
      distance = max(distance, abs(expected - Double(rank) / n))
      distance = max(distance, abs(expected - Double(rank + 1) / n))
    }
    // Exceeded by chance once in ten million samples.
    #expect(distance * n.squareRoot() < 2.9)
  }

  @Test("Neighbours are not correlated", arguments: [1, 2, 3, 16])
  func lags(lag: Int) throws {
    let z = try normal(seed: 11).map { ($0 - 2) / 3 }
    let n = Double(z.count - lag)
    let products = zip(z, z.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(products / n) < 5 / n.squareRoot())
  }

  @Test("A seed repeats the numbers, another one or none gives others")
  func seeds() throws {
    let first = try normal(seed: 5, count: 8)
    #expect(try normal(seed: 5, count: 8) == first)
    #expect(try normal(seed: 6, count: 8) != first)
    #expect(try normal(seed: nil, count: 8) != normal(seed: nil, count: 8))
    #expect(try normal(seed: 5, count: 7, type: .bf16).count == 7)
  }

  @Test("Bernoulli draws 1 as often as asked, and never or always at the ends")
  func bernoulli() throws {
    let p = floats(.f32, [40_000], [Double](repeating: 0.25, count: 40_000))
    let attributes: [String: Attribute] = ["seed": .float(3), "dtype": .int(9)]
    let draws = try run("Bernoulli", opset: 15, [p], attributes: attributes, output: .bool)
    let ones = Double(draws.bytes.count { $0 != 0 })
    // Five standard deviations of the number of ones.
    #expect(abs(ones - 10_000) < 5 * (40_000 * 0.25 * 0.75).squareRoot())
    let ends = floats(.f64, [4], [0, 1, -3, 5])
    let y = try run("Bernoulli", opset: 22, [ends], output: .f64)
    #expect(y == floats(.f64, [4], [0, 1, 0, 1]))
  }

  @Test("A negative shape is refused")
  func negativeShape() {
    expectError(.invalidInput) {
      _ = try run(
        "RandomNormal", opset: 22, [], attributes: ["shape": .ints([-1])], output: .f32)
    }
  }
}
