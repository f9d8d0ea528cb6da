import Cases
import Spec
import Tensors
import Testing

@testable import GoldenStore

@Suite("Goldens of bodies")
struct BodyGoldenTests {
  private static let yaml = """
    operator: Selu
    versions: [22]
    accuracy: {class: elementwise}
    constraints: {C1: the output has the shape and type of the input}
    groups:
      - name: values
        intent: one of the two parameters left out
        covers: [C1]
        for: {T: [f32, f64]}
        inputs: {X: {shape: [24], fill: {normal, sigma: 2}}}
    """

  private static func body(_ change: String = "shifted = Sub(scaled, alpha)") -> String {
    """
    #! versions: 22
    F (X) => (Y) {
      a = Constant<value_float: float = @alpha>()
      g = Constant<value_float: float = @gamma>()
      alpha = Cast<to: int = @T>(a)
      gamma = Cast<to: int = @T>(g)
      zero = Constant<value = $T {0}>()
      isBelow = Less(X, zero)
      power = Exp(X)
      scaled = Mul(alpha, power)
      \(change)
      low = Mul(gamma, shifted)
      high = Mul(gamma, X)
      Y = Where(isBelow, low, high)
    }
    """
  }

  private static func catalogue(
    _ body: String, _ yaml: String = yaml, name: String = "Selu"
  ) throws -> CaseCatalogue {
    try CaseCatalogue(
      texts: [("operators/math/\(name).yaml", yaml)],
      functions: [("functions/\(name).onnxtxt", body)], standard: TinyCatalogue.standard())
  }

  private static func bodyEntry(_ catalogue: CaseCatalogue) throws -> CaseEntry {
    try #require(catalogue.entries.first { $0.form == .body })
  }

  @Test("A body has the values of its node, to the last bit, and the bounds of its steps")
  func values() throws {
    let catalogue = try Self.catalogue(Self.body())
    let making = GoldenMaking(catalogue: catalogue)
    let entry = try Self.bodyEntry(catalogue)
    let golden = try #require(try making.golden(of: entry))
    let node = try #require(try making.golden(of: entry.asSingleNode))
    guard case .tensor(let own)? = node.outputs.first?.alternatives.first,
      case .tensor(let body)? = golden.outputs.first?.alternatives.first,
      case .elementwise(let reals, _) = own.columns,
      case .model(let shared, let side, nil) = body.columns
    else {
      Issue.record("other classes: \(golden)")
      return
    }
    #expect(shared == reals)
    #expect(side.storage.contains { $0 > 0 })
  }

  @Test("The shared values are stored once and read back")
  func storage() throws {
    let catalogue = try Self.catalogue(Self.body())
    let made = GoldenMaking(catalogue: catalogue).files()
    #expect(made.failures == [])
    let bytes = try #require(made.files.values.first)
    let reader = GoldenReader(file: try Safetensors(parsing: bytes, file: "a"), fileName: "a")
    let entry = try Self.bodyEntry(catalogue)
    #expect(reader.file.names.contains { $0.hasPrefix("\(entry.id)/0/storage") })
    #expect(!reader.file.names.contains { $0.hasPrefix("\(entry.id)/0/g") })
    let golden = try GoldenMaking(catalogue: catalogue).golden(of: entry)
    #expect(try reader.golden("\(entry.id)") == golden)
    #expect(GoldenWriter.nodePath(of: "\(entry.id)/0") == "\(entry.asSingleNode.id)/0")
    #expect(GoldenWriter.nodePath(of: "\(entry.asSingleNode.id)/0") == nil)
  }

  @Test(
    "A body with a wrong constant is refused, with the element, be it by one ulp",
    arguments: ["1.6733", "1.6732633"])
  func wrongConstant(_ constant: String) throws {
    // The Cast of alpha rounds nothing in float32, so that it excuses nothing either.
    let wrong = "b = Constant<value = float {\(constant)}>()\n  shifted = Sub(scaled, b)"
    let catalogue = try Self.catalogue(Self.body(wrong), Self.yaml.replacing(", f64", with: ""))
    let failures = GoldenMaking(catalogue: catalogue).files().failures
    #expect(failures.count == 1)
    #expect(failures.first.map { "\($0)".contains("element") } == true)
  }

  @Test("Elements that leave the range of their type inside of the body are open, others are not")
  func range() throws {
    let yaml = """
      operator: Softplus
      versions: [22]
      accuracy: {class: elementwise}
      constraints: {C1: the output has the shape and type of the input}
      groups:
        - name: values
          intent: an exponential that overflows
          covers: [C1]
          for: {T: [f16]}
          inputs: {X: {values: [1, 20, -2, 3]}}
      """
    let body = """
      #! versions: 22
      F (X) => (Y) {
        one = Constant<value = $T {1.0}>()
        e = Exp(X)
        s = Add(e, one)
        Y = Log(s)
      }
      """
    let catalogue = try Self.catalogue(body, yaml, name: "Softplus")
    let golden = try GoldenMaking(catalogue: catalogue).golden(of: Self.bodyEntry(catalogue))
    guard case .tensor(let tensor)? = golden?.outputs.first?.alternatives.first else {
      Issue.record("no tensor")
      return
    }
    // The largest float16 number is 65504, e²⁰ is 4.9e8.
    #expect(tensor.undefined == [false, true, false, false])
  }
}
