import ModelFormat
import Spec
import Tensors
import Testing

@Suite("The operator table")
struct StandardTests {
  private static let directory =
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
    + "/conformance-cases/standard"
  private let standard: Standard

  init() throws { standard = try Standard.load(from: Self.directory) }

  @Test("The table has the operators and versions the standard has")
  func denominators() {
    let all = standard.operators
    let schemas = all.flatMap { standard.schemas(domain: $0.domain, operator: $0.name) }
    #expect(schemas.count == 659)
    #expect(schemas.filter { $0.domain.isEmpty }.count == 629)
    #expect(schemas.filter { $0.domain == "ai.onnx.ml" }.count == 25)
    #expect(all.count == 227)
    #expect(standard.opsets[""] == 28)
    #expect(standard.opsetVersions(domain: "ai.onnx") == 1...28)
    #expect(standard.opsetVersions(domain: "com.example") == nil)
  }

  @Test("The newest live operators have 2,986 type slots")
  func slots() {
    let newest = standard.operators.compactMap {
      standard.schemas(domain: $0.domain, operator: $0.name).last
    }
    let live = newest.filter { !$0.isDeprecated }
    #expect(live.count == 223)
    let slots = live.reduce(0) { $0 + $1.typeVariables.reduce(0) { $0 + $1.types.count } }
    #expect(slots == 2986)
    #expect(live.filter { $0.function != .none }.count == 49)
  }

  @Test("The version in force is the newest that is not newer than the opset")
  func inForce() {
    #expect(standard.sinceVersions(domain: "", operator: "Softmax") == [1, 11, 13])
    func since(_ opset: Int) -> Int? {
      standard.schema(domain: "ai.onnx", operator: "Softmax", opset: opset)?.sinceVersion
    }
    #expect(since(1) == 1)
    #expect(since(10) == 1)
    #expect(since(12) == 11)
    #expect(since(28) == 13)
    #expect(standard.schema(domain: "", operator: "Gelu", opset: 19) == nil)
    #expect(standard.sinceVersions(domain: "", operator: "NoSuchOperator").isEmpty)
  }

  @Test("Signatures keep names, options, types and defaults")
  func signatures() throws {
    let clip = try #require(standard.schema(domain: "", operator: "Clip", opset: 13))
    #expect(clip.inputs.map(\.name) == ["input", "min", "max"])
    #expect(clip.inputs.map(\.isOptional) == [false, true, true])
    #expect(clip.arity.minimumInputs == 1 && clip.arity.maximumInputs == 3)
    let softmax = try #require(standard.schema(domain: "", operator: "Softmax", opset: 13))
    #expect(softmax.attributes["axis"]?.defaultValue == .int(-1))
    #expect(softmax.typeVariable("T")?.elementTypes == [.f32, .f16, .f64, .bf16])
    #expect(softmax.function == .contextDependent)
    let loop = try #require(standard.schema(domain: "", operator: "Loop", opset: 16))
    #expect(loop.inputs[2].option == .variadic(atLeast: 0, homogeneous: false))
    #expect(loop.input(at: 7)?.name == "v_initial")
    #expect(loop.arity.maximumInputs == nil)
    #expect(loop.attributes["body"]?.kind == .graph)
    #expect(loop.attributes["body"]?.isRequired == true)
    let norm = try #require(standard.schema(domain: "", operator: "BatchNormalization", opset: 15))
    #expect(norm.attributes["epsilon"]?.defaultValue == .float(1e-5))
    #expect(norm.typeVariables.map(\.name) == ["T", "T1", "T2"])
  }

  @Test("A type is allowed for a parameter or it is not")
  func allowedTypes() throws {
    let gather = try #require(standard.schema(domain: "", operator: "Gather", opset: 13))
    #expect(gather.allows(.tensor(.i32), for: gather.inputs[1]))
    #expect(!gather.allows(.tensor(.f32), for: gather.inputs[1]))
    let topK = try #require(standard.schema(domain: "", operator: "TopK", opset: 11))
    #expect(topK.allows(.tensor(.i64), for: topK.inputs[1]))
    #expect(!topK.allows(.tensor(.i32), for: topK.inputs[1]))
    let zip = try #require(standard.schema(domain: "ai.onnx.ml", operator: "ZipMap", opset: 1))
    #expect(zip.allows(.sequence(.map(key: .i64, value: .tensor(.f32))), for: zip.outputs[0]))
  }

  @Test(
    "The IR version is the oldest released with the opset",
    arguments: [(7, 3), (9, 4), (10, 5), (11, 6), (14, 7), (18, 8), (20, 9), (22, 10), (28, 14)])
  func irVersions(_ opset: Int, _ version: Int64) {
    #expect(standard.irVersion(forOpset: opset) == version)
    #expect(standard.irVersion(domain: "ai.onnx.ml", forOpset: 5) == 10)
  }

  @Test("A missing table says where it was looked for and what to give")
  func missing() {
    #expect(
      throws: StandardError.unreadable(
        path: "/nowhere/onnx-operators.json", reason: "No such file or directory")
    ) { try Standard.load(from: "/nowhere") }
  }
}
