package import Tensors

/// A row of complex numbers.
package struct ComplexRow<Number: Real>: Sendable {
  package var real: [Number]
  package var imaginary: [Number]

  package init(real: [Number], imaginary: [Number]) {
    (self.real, self.imaginary) = (real, imaginary)
  }

  package init(count: Int) {
    real = [Number](repeating: 0, count: count)
    imaginary = real
  }

  package var count: Int { real.count }
}

/// The rows that DFT and STFT transform, and where their results go.
///
/// Rows are complete: cut or filled up with zeros, windowed, one-sided spectra completed.
package struct TransformProblem<Number: Real>: Sendable {
  package let length: Int
  package let isInverse: Bool
  package let rows: [ComplexRow<Number>]
  /// The shape of the result.
  package let shape: Shape
  /// Results kept of each row.
  private let bins: Int
  /// Rows that lie side by side in the result.
  private let inner: Int

  /// Applies the transform to every row and arranges what is kept.
  package func results(_ transform: (ComplexRow<Number>) -> ComplexRow<Number>) -> [Number] {
    let parts = shape.last ?? 1
    var results = [Number](repeating: 0, count: rows.count * bins * parts)
    for (index, row) in rows.enumerated() {
      let sums = transform(row)
      let (outer, side) = (index / inner, index % inner)
      for k in 0..<bins {
        let place = ((outer * bins + k) * inner + side) * parts
        results[place] = sums.real[k]
        if parts == 2 { results[place + 1] = sums.imaginary[k] }
      }
    }
    return results
  }
}

extension TransformProblem {
  /// The lanes of a call of DFT.
  ///
  /// - Throws: `invalidInput` or `invalidModel` for what the standard refuses.
  package init(dft call: Call) throws(KernelError) {
    let layout = try LaneLayout(call)
    let values = try call.tensor(0).reals(Number.self)
    // An axis without elements has rows all the same, of nothing but zeros.
    let rows = (0..<layout.laneCount).map { layout.row($0, of: values) }
    self.init(
      length: layout.length, isInverse: layout.isInverse, rows: rows, shape: layout.shape,
      bins: layout.bins, inner: layout.inner)
  }

  /// The frames of a call of STFT, each multiplied with the window.
  ///
  /// - Throws: `invalidInput` for what the standard refuses.
  package init(stft call: Call) throws(KernelError) {
    let layout = try FrameLayout(call)
    let values = try call.tensor(0).reals(Number.self)
    let weights = try call.optionalTensor(2)?.reals(Number.self)
    let rows = (0..<layout.batch * layout.frames).map { layout.row($0, of: values, weights) }
    self.init(
      length: layout.length, isInverse: false, rows: rows, shape: layout.shape,
      bins: layout.bins, inner: 1)
  }
}

/// Refuses transforms of no elements, and rows that would fill the memory.
private func checkTransforms(length: Int, rows: Int) throws(KernelError) {
  guard length >= 1 else { throw .invalidInput("a transform of length \(length)") }
  _ = try Allocation.count(of: [rows, length, 4], type: .f64)
}

/// Where the lanes of DFT lie in its input and output.
private struct LaneLayout {
  let length: Int
  let isInverse: Bool
  let bins: Int
  let inner: Int
  let shape: Shape
  private let extent: Int
  private let parts: Int
  /// Whether the input is the first half of a spectrum.
  private let completes: Bool

  var laneCount: Int { (shape.elementCount ?? 0) / max(1, bins * (shape.last ?? 1)) }

  init(_ call: Call) throws(KernelError) {
    let x = try call.tensor(0)
    let rank = x.shape.count
    guard rank >= 2, let parts = x.shape.last, parts == 1 || parts == 2 else {
      throw .invalidInput("the signal has shape \(x.shape)")
    }
    self.parts = parts
    isInverse = try call.flag("inverse", default: false)
    let isOneSided = try call.flag("onesided", default: false)
    guard !isOneSided || parts == (isInverse ? 2 : 1) else {
      throw .invalidInput("onesided is for real signals and for inverse transforms of spectra")
    }
    let axis = try Self.axis(call, rank: rank)
    extent = x.shape[axis]
    completes = isOneSided && isInverse
    let fallback = completes ? 2 * (extent - 1) : extent
    length = try Scalars.optionalInteger(call, 1, "dft_length") ?? fallback
    try checkTransforms(length: length, rows: x.count / max(1, extent * parts))
    bins = isOneSided && !isInverse ? length / 2 + 1 : length
    inner = max(1, x.shape[(axis + 1)..<(rank - 1)].reduce(1, *))
    var shape = x.shape
    shape[axis] = bins
    shape[rank - 1] = completes ? 1 : 2
    self.shape = shape
    _ = try Allocation.count(of: shape, type: .f64)
  }

  private static func axis(_ call: Call, rank: Int) throws(KernelError) -> Int {
    let stated =
      call.version >= 20
      ? try Scalars.optionalInteger(call, 2, "axis") ?? -2 : try call.int("axis", default: 1)
    let axis = try Axes.normalised(stated, rank: rank)
    guard axis < rank - 1 else { throw .invalidInput("axis \(axis) holds the parts of a number") }
    return axis
  }

  func row<Number: Real>(_ lane: Int, of values: [Number]) -> ComplexRow<Number> {
    var row = ComplexRow<Number>(count: length)
    for n in 0..<min(extent, completes ? length / 2 + 1 : length) {
      let place = ((lane / inner * extent + n) * inner + lane % inner) * parts
      row.real[n] = values[place]
      if parts == 2 { row.imaginary[n] = values[place + 1] }
    }
    if completes { complete(&row) }
    return row
  }

  /// The second half of the spectrum of a real signal, and real numbers where it meets itself.
  private func complete<Number: Real>(_ row: inout ComplexRow<Number>) {
    for k in 0..<(length + 1) / 2 where k > 0 {
      row.real[length - k] = row.real[k]
      row.imaginary[length - k] = -row.imaginary[k]
    }
    row.imaginary[0] = 0
    if length % 2 == 0 { row.imaginary[length / 2] = 0 }
  }
}

/// Where the frames of STFT lie in its input.
private struct FrameLayout {
  let length: Int
  let bins: Int
  let batch: Int
  let frames: Int
  let shape: Shape
  private let extent: Int
  private let parts: Int
  private let step: Int

  init(_ call: Call) throws(KernelError) {
    let x = try call.tensor(0)
    guard x.shape.count == 3, x.shape[2] == 1 || x.shape[2] == 2 else {
      throw .invalidInput("the signal has shape \(x.shape)")
    }
    (batch, extent, parts) = (x.shape[0], x.shape[1], x.shape[2])
    let isOneSided = try call.flag("onesided", default: true)
    guard !isOneSided || parts == 1 else {
      throw .invalidInput("onesided is for real signals")
    }
    step = try Scalars.integer(call, 1, "frame_step")
    let window = try call.optionalTensor(2)
    let stated = try Scalars.optionalInteger(call, 3, "frame_length")
    length = stated ?? window?.count ?? extent
    guard step >= 1, length >= 1, length <= extent else {
      throw .invalidInput("frames of \(length) every \(step) elements of \(extent)")
    }
    if let window, window.shape != [length] {
      throw .invalidInput("a window of shape \(window.shape) for frames of \(length)")
    }
    frames = (extent - length) / step + 1
    try checkTransforms(length: length, rows: batch * frames)
    bins = isOneSided ? length / 2 + 1 : length
    shape = [batch, frames, bins, 2]
    _ = try Allocation.count(of: shape, type: .f64)
  }

  func row<Number: Real>(
    _ index: Int, of values: [Number], _ weights: [Number]?
  ) -> ComplexRow<Number> {
    let start = index / frames * extent + index % frames * step
    var row = ComplexRow<Number>(count: length)
    for n in 0..<length {
      let weight = weights.map { $0[n] } ?? 1
      row.real[n] = values[(start + n) * parts] * weight
      if parts == 2 { row.imaginary[n] = values[(start + n) * parts + 1] * weight }
    }
    return row
  }
}
