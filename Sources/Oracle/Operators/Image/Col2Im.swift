import ExtendedArithmetic
import Tensors

/// Column blocks put back into an image, overlapping ones added.
///
///     y[n, c, o·stride − pad + k·dilation] += x[n, c·K + k, o]
///
/// o runs over the blocks, k over the K elements of a block, both row-major.
///
/// - (C1) The output is N×C×`image_shape`, with C channels of K rows each.
/// - (C2) What falls into the padding is dropped; an element that no block holds is zero.
/// - (C3) There are as many columns as blocks.
/// - (C4) Shapes of image and block have two or more entries, one for each spatial axis.
/// - Texts and truth values have no sum: they are evaluated where each element is in one block.
///   Sums of complex numbers are evaluated where no order of addition rounds.
/// - Height: one less than the elements added.
/// - Source: onnx/onnx docs/Operators.md, Col2Im; the sum is that of torch.nn.Fold, named there.
enum Col2ImEvaluator: Evaluator {
  static let name = "Col2Im"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    let (image, block) = (try call.tensor(1), try call.tensor(2))
    guard image.rank == 1, block.rank == 1, image.count >= 2 else {
      throw .invalid("Col2Im of an image of \(image.count) axes")
    }
    let shape = try image.ints()
    guard shape.allSatisfy({ $0 >= 0 }), x.rank == 3 else {
      throw .invalid("Col2Im of \(x.shape) to \(shape)")
    }
    if let pads = try call.ints("pads"), pads.contains(where: { $0 < 0 }) {
      throw .invalid("Col2Im with the pads \(pads)")
    }
    let windows = try Windows(call, input: shape, kernel: try block.ints())
    let volume = windows.kernel.elementCount ?? 0
    guard volume > 0, x.shape[1] % volume == 0, windows.output.elementCount == x.shape[2] else {
      throw .invalid("\(x.shape) holds no blocks of \(windows.kernel) for an image of \(shape)")
    }
    let result = [x.shape[0], x.shape[1] / volume] + shape
    _ = try call.boundedCount(of: result)
    return [try outcome(of: x, sources(x, windows, volume), result)]
  }

  /// For every element of the output, the elements of the input that are added.
  private static func sources(_ x: ExactTensor, _ windows: Windows, _ volume: Int) -> [[Int]] {
    let (area, columns) = (windows.input.reduce(1, *), x.shape[2])
    var plane = [[Int]](repeating: [], count: area)
    for column in 0..<columns {
      for (tap, position) in windows.taps(at: windows.output.index(ofLinear: column)) {
        plane[position].append(tap * columns + column)
      }
    }
    return (0..<x.shape[0] * x.shape[1] / volume).flatMap { channel in
      plane.map { $0.map { channel * volume * columns + $0 } }
    }
  }

  private static func outcome(
    of x: ExactTensor, _ sources: [[Int]], _ shape: Shape
  ) throws(EvaluationError) -> Outcome {
    switch x.elements {
    case .reals(let values):
      var output = AccumulatedTensor(hasProducts: false)
      for terms in sources {
        output.append(ExactSum(terms.map { values[$0] }), height: max(0, terms.count - 1))
      }
      return output.outcome(x.type, shape)
    case .integers(let values) where x.type != .bool:
      let sums = sources.map { $0.reduce(Int128(0)) { $0 &+ values[$1] } }
      return .exact(try ExactTensor(x.type, shape, integers: sums).wrapped())
    case .complex(let values):
      let sums = try sources.map { (terms) throws(EvaluationError) in
        try sum(terms.map { values[$0] })
      }
      return .exact(
        ExactTensor(type: x.type, shape: shape, elements: .complex(sums)), signedZero: false)
    case .integers, .strings:
      guard sources.allSatisfy({ $0.count == 1 }) else {
        throw .unsupported("Col2Im of \(x.type.onnxName) where blocks overlap or leave gaps")
      }
      return .exact(try x.gathered(sources.map { $0[0] }, shape: shape))
    }
  }

  private static func sum(_ terms: [ExactComplex]) throws(EvaluationError) -> ExactComplex {
    let (real, imaginary) = (ExactSum(terms.map(\.real)), ExactSum(terms.map(\.imaginary)))
    guard terms.count < 2 || [real, imaginary].allSatisfy({ $0.isExactInAnyOrder(precision: 24) })
    else { throw .unsupported("Col2Im of complex numbers whose sums are rounded") }
    return ExactComplex(real: real.value, imaginary: imaginary.value)
  }
}
