import ExtendedArithmetic
import Tensors

/// A map from keys to values with a value for everything else, as the encoders of ai.onnx.ml use
/// it.
struct LabelMap {
  /// How keys are compared.
  enum Equality {
    /// Numbers by their bits, so that zeros of both signs differ; no key may be given twice.
    case bits
    /// Every NaN is one key, and the last of equal keys counts. Whether zeros of both signs are
    /// equal is left open.
    case lastOfEqual
  }

  private enum Key: Hashable {
    /// Texts are equal when their bytes are, which is stricter than Swift's equality.
    case text([UInt8])
    case integer(Int128)
    case real(UInt64)
    case notANumber
  }

  private let positions: [Key: Int]
  private let values: ExactTensor
  private let fallback: ExactTensor

  /// `keys`, `values`: vectors of one length; `fallback`: one element of the type of the values.
  init(
    keys: ExactTensor, values: ExactTensor, fallback: ExactTensor, _ equality: Equality = .bits
  ) throws(EvaluationError) {
    guard keys.rank == 1, values.rank == 1, keys.count == values.count else {
      throw .invalid("keys of shape \(keys.shape) for values of shape \(values.shape)")
    }
    guard fallback.count == 1, fallback.type == values.type else {
      throw .invalid(
        "a default of \(fallback.count) \(fallback.type.onnxName) for \(values.type.onnxName)")
    }
    var positions: [Key: Int] = [:]
    for (position, key) in try Self.keys(of: keys).enumerated() {
      guard positions.updateValue(position, forKey: key) == nil || equality == .lastOfEqual else {
        throw .unsupported("a key that is given twice")
      }
    }
    (self.positions, self.values, self.fallback) = (positions, values, fallback)
    leavesZerosOpen = equality == .lastOfEqual
  }

  private let leavesZerosOpen: Bool

  /// The value of each element, exactly.
  func outcome(of x: ExactTensor) throws(EvaluationError) -> Outcome {
    let keys = try Self.keys(of: x)
    let found = keys.map { positions[$0] }
    var outcome = Outcome.exact(try values.gathered(found, shape: x.shape, fill: fallback))
    if leavesZerosOpen {
      outcome.undefined = OpenElements.mask(
        keys.map { key in
          guard case .real(let bits) = key, Double(bitPattern: bits) == 0 else { return false }
          return positions[.real(bits ^ (1 << 63))] != nil
        })
    }
    return outcome
  }

  private static func keys(of tensor: ExactTensor) throws(EvaluationError) -> [Key] {
    switch tensor.elements {
    case .strings(let texts): return texts.map { .text([UInt8]($0.utf8)) }
    case .integers(let values): return values.map { .integer($0) }
    case .reals(let values):
      return values.map { $0.isNaN ? .notANumber : .real($0.high.bitPattern) }
    case .complex: throw .invalid("complex numbers are no keys")
    }
  }
}
