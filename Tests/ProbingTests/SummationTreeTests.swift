import NumericFormats
import Probing
import Testing

@Suite("Probes: the order of sums")
struct SummationTreeTests {
  private static let large = powerOfTwo(60)

  /// A way to add, every step rounded to float32.
  private typealias Addition = @Sendable ([Double]) -> Double

  private static func plus(_ a: Double, _ b: Double) -> Double { FloatFormat.f32.round(a + b) }

  private static func sequential(_ terms: [Double]) -> Double { terms.reduce(0, plus) }

  private static func lanes(_ count: Int) -> Addition {
    { terms in
      sequential(
        (0..<count).map { lane in
          sequential(stride(from: lane, to: terms.count, by: count).map { terms[$0] })
        })
    }
  }

  private static func blocks(_ length: Int) -> Addition {
    { terms in
      sequential(
        stride(from: 0, to: terms.count, by: length).map {
          sequential(Array(terms[$0..<min($0 + length, terms.count)]))
        })
    }
  }

  private static func pairwise(_ terms: [Double]) -> Double {
    guard terms.count > 1 else { return terms[0] }
    let half = terms.count / 2
    return plus(pairwise(Array(terms[..<half])), pairwise(Array(terms[half...])))
  }

  /// Four terms at once, exactly, and then rounded into the running sum.
  private static func fused(_ terms: [Double]) -> Double {
    stride(from: 0, to: terms.count, by: 4).reduce(0.0) { sum, start in
      let part = terms[start..<min(start + 4, terms.count)]
      // The largest exponent absorbs: terms below its last place are lost before they are added.
      let isLarge = sum.magnitude >= large || part.contains { $0.magnitude >= large }
      let all = [sum] + part
      return isLarge ? all.filter { $0.magnitude >= large }.reduce(0, +) : all.reduce(0, +)
    }
  }

  private static func tree(of count: Int, _ add: Addition) -> SummationTree? {
    SummationTree(count: count) { i, j in
      add((0..<count).map { $0 == i ? large : $0 == j ? -large : 1 })
    }
  }

  @Test(
    "Each order is told by its own name",
    arguments: [
      (64, SummationTree.Shape.inOrder), (64, .backwards), (64, .lanes(8)), (60, .lanes(16)),
      (64, .blocks(16)), (50, .blocks(8)), (64, .pairwise), (37, .pairwise),
    ])
  func shapes(count: Int, shape: SummationTree.Shape) throws {
    let add: Addition =
      switch shape {
      case .inOrder, .other: { Self.sequential($0) }
      case .backwards: { Self.sequential($0.reversed()) }
      case .lanes(let lanes): Self.lanes(lanes)
      case .blocks(let length): Self.blocks(length)
      case .pairwise: { Self.pairwise($0) }
      }
    let tree = try #require(Self.tree(of: count, add))
    #expect(tree.shape == shape)
    #expect(tree.root.terms == Array(0..<count))
  }

  @Test("Terms that meet in one step are one node of the tree")
  func together() throws {
    let tree = try #require(Self.tree(of: 16) { Self.fused($0) })
    #expect(tree.shape == .other(depth: 4, width: 5))
    #expect(tree.text == "terms added in a tree of depth 4, up to 5 at once")
  }

  @Test("A sum that absorbs nothing, and one that rounds otherwise from row to row, are no tree")
  func none() {
    #expect(Self.tree(of: 16) { $0.reduce(0, +) + ($0[3] == 1 ? 0.5 : 0) } == nil)
    // The order depends on where the large number stands.
    let moody: Addition = { terms in
      terms[0] == Self.large ? Self.sequential(terms) : Self.sequential(terms.reversed())
    }
    #expect(Self.tree(of: 16, moody) == nil)
    #expect(Self.tree(of: 1) { _ in 0 } == nil)
  }
}
