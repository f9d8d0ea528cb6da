import ExtendedArithmetic
import ModelFormat
import Spec
import Tensors

/// The input itself, or in training with random elements set to zero and the others scaled.
///
///     output = data                               in inference
///     output = data · mask / (1 − ratio)          in training
///
/// - (C1) The output has the shape and type of the data.
/// - (C2) In inference nothing is dropped, and from version 12 on the mask is all true; what it is
///   before that is left open.
/// - (C3) In training (from version 12 on) each element is kept with the probability 1 − ratio;
///   a ratio of 0 keeps all. Only data whose scaled values are 0 and 1 are evaluated, whose
///   statistics are those of draws of one bit.
/// - (C4) The ratio lies in [0, 1).
/// - Source: onnx/onnx docs/Operators.md, Dropout.
enum DropoutEvaluator: Evaluator {
  static let name = "Dropout"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let data = try call.tensor(0)
    guard call.version >= 12, try flag(call) else { return inference(data, call) }
    let ratio = try ratio(call)
    guard ratio != 0 else { return inference(data, call) }
    let scaled = try data.reals().map { $0 / DoubleDouble(1 - ratio) }
    guard scaled.allSatisfy({ $0.isZero || $0 == .one }) else {
      throw .unsupported("training Dropout of data whose scaled values are not 0 and 1")
    }
    var random = CounterRandom(
      key: (UInt64(bitPattern: Int64(try call.int("seed", default: 0))), 3))
    let kept = scaled.map { _ in random.nextUnit() < 1 - ratio }
    let values = zip(kept, scaled).map { $0 ? $1 : .zero }
    let output = Outcome(
      .tensor(ExactTensor(data.type, data.shape, reals: values)),
      .random(.bernoulli(scaled.map { $0.isZero ? 0 : 1 - ratio })))
    let mask = Outcome(
      .tensor(ExactTensor(data.shape, bools: kept)),
      .random(.bernoulli(scaled.map { _ in 1 - ratio })))
    return [output, mask]
  }

  private static func inference(_ data: ExactTensor, _ call: Call) -> [Outcome] {
    let all = [Bool](repeating: true, count: data.count)
    var mask =
      call.version < 10
      ? Outcome.exact(ExactTensor(data.type, data.shape, reals: all.map { _ in .one }))
      : Outcome.exact(ExactTensor(data.shape, bools: all))
    if call.version < 12 { mask.undefined = OpenElements.mask(all) }
    return [.exact(data), mask]
  }

  private static func flag(_ call: Call) throws(EvaluationError) -> Bool {
    guard let mode = try call.optionalTensor(2) else { return false }
    guard mode.rank == 0, let value = try mode.integers().first else {
      throw .invalid("Dropout with a training_mode that is no scalar")
    }
    return value != 0
  }

  private static func ratio(_ call: Call) throws(EvaluationError) -> Double {
    guard let tensor = try call.optionalTensor(1) else { return 0.5 }
    guard tensor.rank == 0, let value = try tensor.reals().first?.high else {
      throw .invalid("Dropout with a ratio that is no scalar")
    }
    guard value >= 0, value < 1 else { throw .invalid("Dropout with the ratio \(value)") }
    return value
  }
}
