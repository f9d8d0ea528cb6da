import ExtendedArithmetic
import Tensors

/// The class and weight of every sample of a loss.
struct ClassLabels {
  /// The shape of the labels, (N, D1, D2, …).
  let shape: Shape
  /// For every sample the row-major position of its class in a tensor (N, C, D1, D2, …); nil where
  /// the label is the ignored one.
  let positions: [Int?]
  /// The weight of each sample's class; nil without weights. Zero for ignored samples.
  let weights: [DoubleDouble]?
  /// Whether some sample is ignored and the text does not say whether a mean counts it: without
  /// weights, or where the ignored label names a class, which has a weight.
  let leavesDivisorOpen: Bool

  /// Reads the labels (input 1), the weights (input 2) and `ignore_index`.
  init(_ call: Call, of scores: Shape) throws(EvaluationError) {
    let labels = try call.tensor(1)
    let name = call.node.operatorName
    guard scores.count >= 2, labels.shape == [scores[0]] + scores[2...] else {
      throw .invalid("\(name): labels \(labels.shape) for scores \(scores)")
    }
    let weights = try call.optionalTensor(2)
    guard weights.map({ $0.shape == [scores[1]] }) ?? true else {
      throw .invalid("\(name): the weights are no row of classes")
    }
    let isGiven = call.node.attributes["ignore_index"] != nil
    let ignored = isGiven ? try call.int("ignore_index") : nil
    let area = scores[2...].reduce(1, *)
    let row = try weights?.reals()
    shape = labels.shape
    var positions: [Int?] = []
    var own: [DoubleDouble] = []
    for (sample, label) in try labels.ints().enumerated() {
      if label == ignored {
        positions.append(nil)
        own.append(.zero)
        continue
      }
      guard label >= 0, label < scores[1] else {
        throw .invalid("\(name): class \(label) of \(scores[1])")
      }
      positions.append((sample / area * scores[1] + label) * area + sample % area)
      own.append(row?[label] ?? .one)
    }
    self.positions = positions
    let isClass = ignored.map { $0 >= 0 && $0 < scores[1] } ?? false
    leavesDivisorOpen = positions.contains(nil) && (weights == nil || isClass)
    self.weights = weights == nil ? nil : own
  }
}
