import CPUBackend
import ModelFormat
import Tensors
import Testing

@Suite("Damaged models on the CPU backend")
struct MutationTests {
  private static let text = """
    <ir_version: 10, opset_import: ["": 21, "local": 1]>
    agraph (bool c, float[2, 3] x, int64[2] s) => (float[3, 2] y, int8[k] z) {
      w = MatMul(x, v)
      m = Softmax <axis = 1> (w)
      r = Reshape(m, s)
      t = If (c) <
        then_branch = yes () => (float[3, 2] a) { a = Transpose <perm = [1, 0]> (x) },
        else_branch = no () => (float[3, 2] b) { b = local.twice(r) }
      >
      y = Max(t, t, t)
      u = ReduceSum <keepdims = 0> (t, axis)
      q = Div(u, u)
      p = Concat <axis = 0> (q, u)
      z = Cast <to = 3> (p)
    }
    <domain: "local", opset_import: ["": 21]>
    twice (a) => (b) { b = Mul(a, a) }
    """

  private static func model() throws -> [UInt8] {
    var model = try Model(text: text)
    model.graph.initializers += [
      Initializer(name: "v", tensor: floats(.f32, [3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9])),
      Initializer(name: "axis", tensor: integers(.i64, [1], [1])),
    ]
    return try model.encoded()
  }

  private static let inputs: [Value?] = [
    .tensor(integers(.bool, [], [0])), .tensor(floats(.f32, [2, 3], [1, 2, 3, 4, 5, 6])),
    .tensor(integers(.i64, [2], [3, 2])),
  ]

  @Test("The undamaged model runs")
  func baseline() throws {
    let executable = try Executable(onnx: try Self.model(), resources: .shared)
    #expect(try executable.execute(Self.inputs).count == 2)
  }

  @Test("A damaged model runs or is refused, and never takes the process down")
  func mutations() throws {
    let original = try Self.model()
    var random = CounterRandom(key: (0x5EED, 17))
    var refused = 0
    for _ in 0..<500 {
      let bytes = Self.damaged(original, &random)
      do throws(KernelError) {
        let executable = try Executable(onnx: bytes, resources: .shared)
        _ = try executable.execute(Self.inputs)
      } catch {
        if case .internalError = error { Issue.record("\(error)") }
        refused += 1
      }
    }
    #expect(refused > 100)
  }

  /// One to four changes: a byte replaced, inserted or removed, a bit flipped, a range doubled or
  /// the end cut off.
  private static func damaged(_ original: [UInt8], _ random: inout CounterRandom) -> [UInt8] {
    var bytes = original
    for _ in 0...random.nextInteger(in: 0...3) where bytes.count > 8 {
      let place = Int(random.nextInteger(in: 0...Int64(bytes.count - 1)))
      let byte = UInt8(truncatingIfNeeded: random.nextWord())
      switch random.nextInteger(in: 0...5) {
      case 0: bytes[place] = byte
      case 1: bytes[place] ^= 1 << (byte & 7)
      case 2: bytes.insert(byte, at: place)
      case 3: bytes.remove(at: place)
      case 4: bytes.removeSubrange(max(place, bytes.count / 2)...)
      default:
        let end = min(bytes.count, place + Int(byte & 31))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      }
    }
    return bytes
  }
}
