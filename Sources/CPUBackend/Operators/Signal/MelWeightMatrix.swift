import Glibc
import Tensors

/// Triangular filters over the bins of a spectrum, equally wide on the mel scale.
///
/// Edges stand num_mel_bins + 2 equal steps apart on the mel scale and are rounded down to bins, as
/// the reference code of the standard has it. Computed in binary64, rounded or truncated once.
enum MelWeightMatrixKernel: OperatorKernel {
  static let name = "MelWeightMatrix"
  static let versions = [17]

  static func outputTypes(_ declaration: Declaration) throws(KernelError) -> [ValueType?] {
    [.tensor(try declaration.attributes.elementType("output_datatype") ?? .f32)]
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let type = try call.attributes.elementType("output_datatype") ?? .f32
    let bands = try Scalars.integer(call, 0, "num_mel_bins")
    let length = try Scalars.integer(call, 1, "dft_length")
    let rate = try Scalars.integer(call, 2, "sample_rate")
    guard bands >= 0, length >= 0, rate > 0 else {
      throw .invalidInput("\(bands) bands of \(length) samples at \(rate) a second")
    }
    let rows = length / 2 + 1
    let count = try Allocation.count(of: [rows, bands], type: .f64)
    let edges = try edges(call, bands, Double(length) + 1, Double(rate), rows)
    var weights = [Double](repeating: 0, count: count)
    for band in 0..<bands {
      let (start, centre, end) = (edges[band], edges[band + 1], edges[band + 2])
      for bin in start..<max(start, centre) {
        weights[bin * bands + band] = Double(bin - start) / Double(centre - start)
      }
      for bin in centre..<max(centre, end) {
        weights[bin * bands + band] = Double(end - bin) / Double(end - centre)
      }
      weights[centre * bands + band] = 1
    }
    let matrix = try Tensor.rounding(weights, to: .f64, [rows, bands])
    let conversion = Conversion(to: type, overflow: .saturate, powerOfTwoRounding: .up)
    return [.tensor(try conversion.tensor(matrix))]
  }

  /// The bins of the edges, each a row of the matrix.
  private static func edges(
    _ call: Call, _ bands: Int, _ bins: Double, _ rate: Double, _ rows: Int
  ) throws(KernelError) -> [Int] {
    let low = mel(try frequency(call, 3))
    let high = mel(try frequency(call, 4))
    let step = (high - low) / Double(bands + 2)
    var edges: [Int] = []
    for index in 0..<(bands + 2) {
      let hertz = 700 * (pow(10, (low + Double(index) * step) / 2595) - 1)
      let bin = (bins * hertz / rate).rounded(.down)
      guard bin >= 0, bin < Double(rows) else {
        throw .invalidInput("an edge at \(hertz) Hz lies outside of the spectrum")
      }
      edges.append(Int(bin))
    }
    return edges
  }

  private static func frequency(_ call: Call, _ position: Int) throws(KernelError) -> Double {
    let values = try call.tensor(position).reals(Double.self)
    guard values.count == 1 else {
      throw .invalidInput("input \(position) must be one number, there are \(values.count)")
    }
    return values[0]
  }

  private static func mel(_ frequency: Double) -> Double { 2595 * log10(1 + frequency / 700) }
}
