import CPUBackend
import ModelFormat
import Spec
import Tensors
import Testing
import Variants

@testable import Witnesses

@Suite("The catalogue of witnesses")
struct CatalogueTests {
  @Test("Names are unique, lower-case words")
  func uniqueNames() {
    let names = Witnesses.all.map(\.profile.name)
    #expect(Set(names).count == names.count)
    for name in names {
      let others = name.filter { !$0.isLowercase && !$0.isNumber && $0 != "-" }
      #expect(others.isEmpty, "\(name)")
    }
  }

  @Test("Every witness is one and names a numeric mode that the verifier knows")
  func profiles() {
    for profile in Witnesses.all.map(\.profile) {
      #expect(profile.kind == .witness)
      #expect(NumericMode.named[profile.mode] != nil, "\(profile.name): \(profile.mode)")
    }
  }

  @Test("At least eight orders of summation, each with and without fused products")
  func orders() {
    let names = Witnesses.orders.map(\.profile.name)
    let plain = names.filter { !$0.hasSuffix("-fma") }
    #expect(plain.count >= 8)
    #expect(plain.filter { !names.contains($0 + "-fma") }.isEmpty)
  }

  @Test("Every mode that changes arithmetic has a witness")
  func modes() {
    let covered = Set(Witnesses.all.map(\.profile.mode))
    #expect(Set(NumericMode.named.keys).subtracting(covered).isEmpty)
  }

  @Test("A model without an operator of the witness is not applicable")
  func notApplicable() throws {
    let x = try floats([2], [1, -2])
    let error = #expect(throws: KernelError.self) {
      try run("MaxRoiPool", opset: 13, [x], by: try witness("sum-pairwise"))
    }
    let moved = #expect(throws: KernelError.self) {
      try run("Transpose", opset: 21, [x], by: try witness("sum-pairwise"))
    }
    #expect(moved?.message.hasPrefix(VariantContract.notApplicable) == true)
    // An operator that the backend does not have is refused as such.
    #expect(error?.message.hasPrefix(VariantContract.notApplicable) == false)
  }

  @Test("A witness reaches bodies of control flow and functions")
  func insideBodies() throws {
    let model = try Model(
      text: """
        <ir_version: 8, opset_import: ["" : 18, "own" : 1]>
        agraph (bool c, float[2, 2] x) => (float[2, 2] y) {
          z = own.square (x)
          y = If (c) <
            then_branch = t () => (float[2, 2] a) { a = MatMul(x, z) },
            else_branch = e () => (float[2, 2] b) { b = Add(z, z) }
          >
        }
        <domain: "own", opset_import: ["" : 18]>
        square (x) => (y) { y = MatMul(x, x) }
        """)
    let backend = try Backend()
    let way = Summation(order: .sequential)
    let substitution = WitnessSubstitution(computations: ["MatMul": way.matMul])
    let count = try? backend.executable(model, substitution: substitution).substituteCount
    #expect(try backend.executable(model).substituteCount == 0)
    #expect(count == 2)
  }
}
