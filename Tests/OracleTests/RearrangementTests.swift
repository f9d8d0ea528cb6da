import ModelFormat
import Spec
import Tensors
import Testing

/// Expected values are the standard's own examples, or follow by hand.
@Suite("Operators that pick, place and rearrange elements")
struct RearrangementTests {
  private static func matrix(_ values: [Double], _ shape: Shape) throws -> Value {
    try .reals(values, shape)
  }

  @Test("GatherElements keeps an element's place on the other axes, and refuses another rank")
  func gatherElements() throws {
    let data = try Self.matrix([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3])
    let indices = try Value.integers([1, 2, 0, 2, 0, 0], [2, 3])
    let call = SingleCall("GatherElements", 13, [data, indices], ["axis": .int(0)])
    #expect(try call.reals() == [4, 8, 3, 7, 2, 3])
    #expect(
      SingleCall("GatherElements", 13, [data, try .integers([1])]).refusal() == .invalid)
  }

  @Test("GatherND takes tuples, in batches where asked, and refuses tuples beyond the rank")
  func gatherND() throws {
    let data = try Value.reals([0, 1, 2, 3, 4, 5, 6, 7], [2, 2, 2])
    let indices = try Value.integers([1, 0], [2, 1])
    #expect(try SingleCall("GatherND", 13, [data, indices]).reals() == [4, 5, 6, 7, 0, 1, 2, 3])
    let batched = SingleCall("GatherND", 13, [data, indices], ["batch_dims": .int(1)])
    #expect(try batched.reals() == [2, 3, 4, 5])
    #expect(
      SingleCall("GatherND", 13, [data, try .integers([0, 0, 0, 0], [1, 4])]).refusal()
        == .invalid)
  }

  @Test("ScatterElements writes or adds along the axis; max is unknown before version 18")
  func scatterElements() throws {
    let zeros = try Self.matrix([Double](repeating: 0, count: 9), [3, 3])
    let indices = try Value.integers([1, 0, 2, 0, 2, 1], [2, 3])
    let updates = try Self.matrix([1, 1.5, 1.25, 2, 2.5, 2.25], [2, 3])
    #expect(
      try SingleCall("ScatterElements", 18, [zeros, indices, updates]).reals()
        == [2, 1.5, 0, 1, 0, 2.25, 0, 2.5, 1.25])
    let row = [
      try Self.matrix([1, 2, 3, 4, 5], [1, 5]), try Value.integers([1, 1], [1, 2]),
      try Self.matrix([1.5, 2.5], [1, 2]),
    ]
    let add: [String: Attribute] = ["axis": .int(1), "reduction": .string("add")]
    #expect(try SingleCall("ScatterElements", 16, row, add).reals() == [1, 6, 3, 4, 5])
    #expect(
      SingleCall("ScatterElements", 16, row, ["reduction": .string("max")]).refusal() == .invalid)
  }

  @Test("DepthToSpace orders depth, column, row or column, row, depth; SpaceToDepth undoes it")
  func depthAndSpace() throws {
    let x = try Value.reals((0..<8).map { Double($0) }, [1, 8, 1, 1])
    let two: [String: Attribute] = ["blocksize": .int(2)]
    let dcr = SingleCall("DepthToSpace", 13, [x], two)
    #expect(try dcr.reals() == [0, 2, 4, 6, 1, 3, 5, 7])
    let crd = two.merging(["mode": .string("CRD")]) { $1 }
    #expect(try SingleCall("DepthToSpace", 13, [x], crd).reals() == [0, 1, 2, 3, 4, 5, 6, 7])
    for mode in [two, crd] {
      let space = try SingleCall("DepthToSpace", 28, [x], mode).values()
      #expect(
        try SingleCall("SpaceToDepth", 28, space, mode).reals() == (0..<8).map { Double($0) })
    }
    #expect(SingleCall("DepthToSpace", 13, [x], ["blocksize": .int(3)]).refusal() == .invalid)
  }

  @Test("ReverseSequence reverses the beginning of each sequence only")
  func reverseSequence() throws {
    let x = try Value.reals((0..<16).map { Double($0) }, [4, 4])
    let call = SingleCall(
      "ReverseSequence", 10, [x, try .integers([1, 2, 3, 4])],
      ["time_axis": .int(1), "batch_axis": .int(0)])
    #expect(try call.reals() == [0, 1, 2, 3, 5, 4, 6, 7, 10, 9, 8, 11, 15, 14, 13, 12])
    #expect(
      SingleCall("ReverseSequence", 10, [x, try .integers([1, 2, 3, 5])]).refusal() == .invalid)
  }

  @Test("Unique sorts slices, counts them and finds them again; NaN is left alone")
  func unique() throws {
    let x = try Value.reals([1, 1, 0, 1, 2, 1, 0, 1, 1, 1, 0, 1, 2, 1, 0, 1], [2, 4, 2])
    let call = SingleCall("Unique", 11, [x], ["axis": .int(1)], outputs: 4)
    #expect(try call.reals() == [0, 1, 1, 1, 2, 1, 0, 1, 1, 1, 2, 1])
    #expect(try call.integers(1) == [1, 0, 2])
    #expect(try call.integers(2) == [1, 0, 2, 0])
    #expect(try call.integers(3) == [2, 1, 1])
    #expect(SingleCall("Unique", 11, [try .reals([1, .nan])]).refusal() == .unsupported)
  }

  @Test("Unique tells texts apart that are canonically equivalent")
  func uniqueTexts() throws {
    let x = try Value.strings(["\u{E9}", "e\u{301}", "b"])
    let call = SingleCall("Unique", 11, [x], outputs: 2)
    #expect(try call.integers(1) == [2, 1, 0])
  }

  @Test("TensorScatter goes on at the beginning where it is circular, else it is refused")
  func tensorScatter() throws {
    let inputs = [
      try Value.reals([1, 2, 3, 4], [1, 4, 1]), try .reals([8, 9], [1, 2, 1]), try .integers([3]),
    ]
    let circular = SingleCall("TensorScatter", 24, inputs, ["mode": .string("circular")])
    #expect(try circular.reals() == [9, 2, 3, 8])
    #expect(SingleCall("TensorScatter", 24, inputs).refusal() == .invalid)
  }

  @Test("BitCast reads the bits of 1 and of an infinity; other widths are refused")
  func bitCast() throws {
    let x = try Value.reals([1, -.infinity])
    #expect(
      try SingleCall("BitCast", 26, [x], ["to": .int(6)]).integers()
        == [0x3F80_0000, Int(Int32(bitPattern: 0xFF80_0000))])
    #expect(SingleCall("BitCast", 26, [x], ["to": .int(7)]).refusal() == .invalid)
  }

  @Test("CenterCropPad puts the odd element at the end")
  func centre() throws {
    func call(_ size: Int128) throws -> SingleCall {
      SingleCall("CenterCropPad", 18, [try .reals([1, 2, 3]), try .integers([size])])
    }
    #expect(try call(2).reals() == [1, 2])
    #expect(try call(6).reals() == [0, 1, 2, 3, 0, 0])
    #expect(try call(-1).refusal() == .invalid)
  }

  @Test("Split leaves the rest for the last part; Squeeze without axes differs from no axes")
  func parts() throws {
    let x = try Value.reals([1, 2, 3, 4, 5, 6, 7])
    let three = SingleCall("Split", 18, [x], ["num_outputs": .int(3)], outputs: 3)
    #expect(try three.reals(0) == [1, 2, 3])
    #expect(try three.reals(2) == [7])
    #expect(SingleCall("Split", 18, [x], outputs: 3).refusal() == .invalid)
    let one = try Value.reals([5], [1, 1])
    #expect(try SingleCall("Squeeze", 13, [one]).shape() == [])
    #expect(try SingleCall("Squeeze", 13, [one, try .integers([])]).shape() == [1, 1])
  }

  @Test("OneHot counts from the end from version 11 on, and ignores what lies outside")
  func oneHot() throws {
    let inputs = [try Value.integers([1, -1, 7]), try .integers([2], []), try .reals([0, 5])]
    #expect(try SingleCall("OneHot", 11, inputs).reals() == [0, 5, 0, 5, 0, 0])
    #expect(try SingleCall("OneHot", 9, inputs).reals() == [0, 5, 0, 0, 0, 0])
    let few = [try Value.integers([1]), try .integers([2], []), try .reals([0])]
    #expect(SingleCall("OneHot", 11, few).refusal() == .invalid)
  }
}
