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
  package private(set) var rows: [ComplexRow<Number>]
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
    let x = try call.tensor(0)
    let rank = x.shape.count
    guard rank >= 2, let parts = x.shape.last, parts == 1 || parts == 2 else {
      throw .invalidInput("the signal has shape \(x.shape)")
    }
    isInverse = try call.flag("inverse", default: false)
    let isOneSided = try call.flag("onesided", default: false)
    guard !isOneSided || parts == (isInverse ? 2 : 1) else {
      throw .invalidInput("onesided is for real signals and for inverse transforms of spectra")
    }
    let stated =
      call.version >= 20
      ? try Scalars.optionalInteger(call, 2, "axis") ?? -2 : try call.int("axis", default: 1)
    let axis = try Axes.normalised(stated, rank: rank)
    guard axis < rank - 1 else { throw .invalidInput("axis \(stated) holds the parts of a number") }
    let extent = x.shape[axis]
    let completes = isOneSided && isInverse
    length =
      try Scalars.optionalInteger(call, 1, "dft_length")
      ?? (completes ? 2 * (extent - 1) : extent)
    try Self.check(length: length, rows: x.count / max(1, extent * parts))
    bins = isOneSided && !isInverse ? length / 2 + 1 : length
    inner = max(1, x.shape[(axis + 1)..<(rank - 1)].reduce(1, *))
    var shape = x.shape
    shape[axis] = bins
    shape[rank - 1] = completes ? 1 : 2
    self.shape = shape
    _ = try Allocation.count(of: shape, type: .f64)
    let values = try x.reals(Number.self)
    let taken = min(extent, completes ? length / 2 + 1 : length)
    rows = []
    // An axis without elements has rows all the same, of nothing but zeros.
    for lane in 0..<(shape.elementCount ?? 0) / max(1, bins * shape[rank - 1]) {
      var row = ComplexRow<Number>(count: length)
      for n in 0..<taken {
        let place = ((lane / inner * extent + n) * inner + lane % inner) * parts
        row.real[n] = values[place]
        if parts == 2 { row.imaginary[n] = values[place + 1] }
      }
      if completes { Self.complete(&row) }
      rows.append(row)
    }
  }

  /// The frames of a call of STFT, each multiplied with the window.
  ///
  /// - Throws: `invalidInput` for what the standard refuses.
  package init(stft call: Call) throws(KernelError) {
    let x = try call.tensor(0)
    guard x.shape.count == 3, x.shape[2] == 1 || x.shape[2] == 2 else {
      throw .invalidInput("the signal has shape \(x.shape)")
    }
    let (batch, extent, parts) = (x.shape[0], x.shape[1], x.shape[2])
    let isOneSided = try call.flag("onesided", default: true)
    guard !isOneSided || parts == 1 else {
      throw .invalidInput("onesided is for real signals")
    }
    let step = try Scalars.integer(call, 1, "frame_step")
    let window = try call.optionalTensor(2)
    let stated = try Scalars.optionalInteger(call, 3, "frame_length")
    let frame = stated ?? window?.count ?? extent
    guard step >= 1, frame >= 1, frame <= extent else {
      throw .invalidInput("frames of \(frame) every \(step) elements of \(extent)")
    }
    if let window, window.shape != [frame] {
      throw .invalidInput("a window of shape \(window.shape) for frames of \(frame)")
    }
    let frames = (extent - frame) / step + 1
    try Self.check(length: frame, rows: batch * frames)
    (length, isInverse, inner) = (frame, false, 1)
    bins = isOneSided ? frame / 2 + 1 : frame
    shape = [batch, frames, bins, 2]
    _ = try Allocation.count(of: shape, type: .f64)
    let values = try x.reals(Number.self)
    let weights = try window?.reals(Number.self)
    rows = (0..<batch * frames).map { index in
      let start = index / frames * extent + index % frames * step
      var row = ComplexRow<Number>(count: frame)
      for n in 0..<frame {
        let weight = weights.map { $0[n] } ?? 1
        row.real[n] = values[(start + n) * parts] * weight
        if parts == 2 { row.imaginary[n] = values[(start + n) * parts + 1] * weight }
      }
      return row
    }
  }

  private static func check(length: Int, rows: Int) throws(KernelError) {
    guard length >= 1 else { throw .invalidInput("a transform of length \(length)") }
    _ = try Allocation.count(of: [rows, length, 4], type: .f64)
  }

  /// The second half of the spectrum of a real signal, and real numbers where it meets itself.
  private static func complete(_ row: inout ComplexRow<Number>) {
    let length = row.count
    for k in 0..<(length + 1) / 2 where k > 0 {
      row.real[length - k] = row.real[k]
      row.imaginary[length - k] = -row.imaginary[k]
    }
    row.imaginary[0] = 0
    if length % 2 == 0 { row.imaginary[length / 2] = 0 }
  }
}
