import CPUBackend
import ModelFormat
import Saboteur
import Tensors
import Testing
import Variants

@Suite("Faults on all outputs")
struct AllZerosTests {
  @Test("All zeros clears the output and keeps type and shape")
  func clears() throws {
    let backend = try Backend()
    let type = ValueInfo(name: "A", type: .tensor(.f32), shape: [.fixed(2)])
    var (b, c) = (type, type)
    (b.name, c.name) = ("B", "C")
    let model = Model.singleNode(operator: "Add", opset: 14, inputs: [type, b], outputs: [c])
    let one = try #require(
      Tensor(type: .f32, shape: [2], bytes: [0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F]))
    let faulty = try AllZeros().executable(
      for: model, in: VariantContext(backend: backend, seed: 0))
    let zeros = try #require(Tensor(type: .f32, shape: [2], bytes: [UInt8](repeating: 0, count: 8)))
    #expect(try faulty.execute([.tensor(one), .tensor(one)]) == [.tensor(zeros)])
    let right = try backend.executable(model).execute([.tensor(one), .tensor(one)])
    #expect(right != [.tensor(zeros)])
  }
}
