import CPUBackend
import CPUKernels
import Tensors

/// The CPU backend's kernels for one instruction set.
///
/// They give the same bits as those of every other one, so that a prover finds such a witness
/// equivalent to the backend; what it shows is that they do.
struct InstructionSet: Sendable {
  let kernels: ck_table

  /// The sets this machine has, by name.
  static let all: [String: InstructionSet] = {
    var count = 0
    let tables = ck_all(&count)
    return Dictionary(
      (0..<count).map { index in
        let table = tables[index].pointee
        return (String(cString: table.name), InstructionSet(kernels: table))
      }
    ) { first, _ in first }
  }()

  var products: [String: Computation] {
    [
      "MatMul": .firstOutput { call, _ throws(KernelError) in
        try matMul(call)
      } double: { call, _ throws(KernelError) in
        try matMul(call)
      },
      "Conv": .firstOutput { call, _ throws(KernelError) in
        try conv(call)
      } double: { call, _ throws(KernelError) in
        try conv(call)
      },
    ]
  }

  private func matMul<Number: Real & GemmElement>(_ call: Call) throws(KernelError) -> [Number] {
    let (a, b) = (try call.tensor(0), try call.tensor(1))
    let (left, right) = (try a.reals(Number.self), try b.reals(Number.self))
    let operands = try MatMulOperands(a.shape, b.shape)
    let (rows, columns, depth) = (operands.rows, operands.columns, operands.depth)
    var result: [Number] = []
    for pair in operands.pairs {
      let (a, b) = (pair.left * rows * depth, pair.right * depth * columns)
      result += product(
        left[a..<a + rows * depth], right[b..<b + depth * columns], rows: rows,
        columns: columns, depth: depth)
    }
    return result
  }

  private func conv<Number: Real & GemmElement>(_ call: Call) throws(KernelError) -> [Number] {
    let (x, w) = (try call.tensor(0), try call.tensor(1))
    let windows = try SlidingWindows(
      try WindowGeometry(
        call.attributes, input: Array(x.shape[2...]), kernel: Array(w.shape[2...])))
    let groups = try call.int("group", default: 1)
    let (channels, filters) = (w.shape[1], w.shape[0] / groups)
    let (depth, width) = (channels * windows.tapCount, windows.outputCount)
    let taps = WindowTaps(windows.axes).taps
    let (image, weights) = (try x.reals(Number.self), try w.reals(Number.self))
    let bias = try call.optionalTensor(2)?.reals(Number.self)
    var result: [Number] = []
    for part in 0..<x.shape[0] * groups {
      var columns = [Number](repeating: 0, count: depth * width)
      for channel in 0..<channels {
        let plane = (part * channels + channel) * windows.inputCount
        for (window, taps) in taps.enumerated() {
          for tap in taps {
            let row = channel * windows.tapCount + tap.tap
            columns[row * width + window] = image[plane + tap.position]
          }
        }
      }
      let first = part % groups * filters
      let sums = product(
        weights[first * depth..<(first + filters) * depth], columns[...], rows: filters,
        columns: width, depth: depth)
      for (index, sum) in sums.enumerated() {
        guard let bias else { result.append(sum); continue }
        result.append(sum + bias[first + index / width])
      }
    }
    return result
  }

  private func product<Number: Real & GemmElement>(
    _ a: ArraySlice<Number>, _ b: ArraySlice<Number>, rows: Int, columns: Int, depth: Int
  ) -> [Number] {
    var result = [Number](repeating: 0, count: rows * columns)
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        result.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress, depth > 0
          else { return }
          PackedGemm.multiply(
            m: rows, n: columns, k: depth, a: a, aRowStride: depth, aColumnStride: 1, b: b,
            bRowStride: columns, bColumnStride: 1, c: c, cRowStride: columns, kernels: kernels)
        }
      }
    }
    return result
  }
}
