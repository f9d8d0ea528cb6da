package import Tensors

/// The losses of labelled samples and their reduction.
///
///     loss = −y[n, label, …] · weight[label];   zero where the label is the ignored one
///
/// A mean is divided by the sum of the weights of the samples that are not ignored, 1 each without
/// weights.
package struct LabelledLoss: Sendable {
  private let shape: Shape
  private let reduction: String
  /// Positions of the classes in a tensor (N, C, D1, …); nil where the label is ignored.
  private let positions: [Int?]
  private let weights: [Double]

  /// Reads labels (input 1), weights (input 2), `ignore_index` and `reduction`.
  ///
  /// - Throws: `invalidInput` for labels outside of the classes and shapes that do not fit.
  package init(_ call: Call, of scores: Shape) throws(KernelError) {
    reduction = try call.attributes.choice(
      "reduction", of: ["none", "sum", "mean"], default: "mean")
    let labels = try call.tensor(1)
    guard scores.count >= 2, labels.shape == [scores[0]] + scores[2...] else {
      throw .invalidInput("labels of shape \(labels.shape) for scores of shape \(scores)")
    }
    let classes = scores[1]
    let row = try call.optionalTensor(2)
    if let row, row.shape != [classes] {
      throw .invalidInput("weights of shape \(row.shape) for \(classes) classes")
    }
    let given = try row?.reals(Double.self)
    let ignored = try call.attributes.int("ignore_index")
    let area = try Allocation.count(of: Array(scores[2...]), type: .u8)
    shape = labels.shape
    var positions: [Int?] = []
    var weights: [Double] = []
    for (sample, wide) in labels.wideIntegers.enumerated() {
      let label = Int(wide)
      guard label != ignored else {
        positions.append(nil)
        weights.append(0)
        continue
      }
      guard (0..<classes).contains(label) else {
        throw .invalidInput("label \(label) of \(classes) classes")
      }
      positions.append((sample / area * classes + label) * area + sample % area)
      weights.append(given?[label] ?? 1)
    }
    (self.positions, self.weights) = (positions, weights)
  }

  /// The loss of logarithms of probabilities.
  package func tensor(_ y: [Double], _ type: ElementType) throws(KernelError) -> Tensor {
    let losses = zip(positions, weights).map { position, weight in
      position.map { -y[$0] * weight } ?? 0
    }
    if reduction == "none" { return try .rounding(losses, to: type, shape) }
    let sum = losses.withUnsafeBufferPointer { LaneTree.sum($0) }
    guard reduction == "mean" else { return try .rounding([sum], to: type, []) }
    let total = weights.withUnsafeBufferPointer { LaneTree.sum($0) }
    return try .rounding([sum / total], to: type, [])
  }
}
