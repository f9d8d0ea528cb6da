import Tensors

/// A cache with a run of one axis replaced, from a place of its own for each sample of the batch.
///
/// In mode `circular` the run goes on at the beginning of the axis.
enum TensorScatterKernel: OperatorKernel {
  static let name = "TensorScatter"
  static let versions = [24]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try isCircular(declaration.attributes)
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let (cache, update) = (try call.tensor(0), try call.tensor(1))
    let rank = cache.shape.count
    let axis = try Axes.normalised(try call.int("axis", default: -2), rank: rank)
    var fitting = cache.shape
    if update.shape.count == rank { fitting[axis] = update.shape[axis] }
    guard axis > 0, update.shape == fitting, fitting[axis] <= cache.shape[axis] else {
      throw .invalidInput(
        "an update of shape \(update.shape) for a cache of \(cache.shape) on axis \(axis)")
    }
    let samples = cache.shape[0]
    let starts = try call.integers(2) ?? [Int](repeating: 0, count: samples)
    guard starts.count == samples else {
      throw .invalidInput("\(starts.count) write indices for \(samples) samples")
    }
    let (length, count) = (cache.shape[axis], update.shape[axis])
    let isCircular = try isCircular(call.attributes)
    for start in starts where start < 0 || (!isCircular && start > length - count) {
      throw .invalidInput("a run of \(count) elements from \(start) in a cache of \(length)")
    }
    guard update.count > 0 else { return [.tensor(cache)] }
    let size = cache.shape[(axis + 1)...].reduce(1) { $0 * $1 }
    let lanes = cache.shape[1..<axis].reduce(1) { $0 * $1 }
    var places: [Int] = []
    for (sample, start) in starts.enumerated() {
      for lane in sample * lanes..<(sample + 1) * lanes {
        let begin = start % length
        for step in 0..<count { places.append((lane * length + (begin + step) % length) * size) }
      }
    }
    return [.tensor(try Scattering(starts: places, size: size).tensor(cache, update, .none))]
  }

  private static func isCircular(_ attributes: Attributes) throws(KernelError) -> Bool {
    try attributes.choice("mode", of: ["linear", "circular"], default: "linear") == "circular"
  }
}
