import Cases
import GoldenStore
import Spec
import Tensors
import Verification

/// What makes a case prove little: answers that nobody computed and that pass, and results that say
/// too little (numerics §9.4).
struct DataQuality {
  /// Start values.
  static let saturatedShare = 0.2
  static let smallShare = 0.01
  /// Shares of fewer elements than this are no shares.
  static let shareMinimum = 16

  private let entry: CaseEntry
  private let golden: Golden
  private let inputs: [Value]
  private let previous: Golden?
  private let answer: TrivialAnswer

  /// `previous`: the golden of the case before it in its group, where there is one.
  init(entry: CaseEntry, golden: Golden, inputs: [Value], previous: Golden?) {
    (self.entry, self.golden, self.inputs, self.previous) = (entry, golden, inputs, previous)
    answer = TrivialAnswer(golden: golden)
  }

  /// What was found, with the reason; a simpler answer hides those that follow from it.
  var findings: [Triviality: String] {
    let leaves = answer.leaves
    // Without elements there is no value to guess: such a case is about shape and type.
    guard leaves.contains(where: { $0.elementCount > 0 }) else { return [:] }
    var findings: [Triviality: String] = [:]
    let zeros = answer.filled(0).map(judgement)
    if zeros?.verdict == .pass {
      findings[.zeros] = "all zeros would pass"
    } else if passes(answer.filled(1)) {
      findings[.ones] = "all ones would pass"
    } else if leaves.contains(where: { $0.elementCount > 1 }), passes(answer.means) {
      findings[.constant] = "the mean everywhere would pass"
    } else if passes(answer.uniform) {
      findings[.uniform] = "1/N along the last axis would pass"
    }
    if answer.copies(of: inputs).contains(where: { passes($0) }) {
      findings[.copy] = "a copy of an input would pass"
    }
    if entry.group.accuracyClass == .random { return findings }
    if let previous, passes(Self.rounded(previous)) {
      findings[.previous] = "the answer to the case before it in the group would pass"
    }
    findings[.saturated] = saturation(leaves)
    findings[.small] = zeros.flatMap { smallResults($0, leaves) }
    findings[.repeated] = repetition(leaves)
    return findings
  }

  private func judgement(_ values: [Value]) -> Judgement {
    Verifier.judge(
      values, against: golden, in: JudgementContext(mode: .strict, twin: entry.group.twin))
  }

  private func passes(_ values: [Value]?) -> Bool {
    values.map { judgement($0).verdict == .pass } ?? false
  }

  private static func rounded(_ golden: Golden) -> [Value]? {
    let values = golden.outputs.compactMap { $0.alternatives.first?.rounded }
    return values.count == golden.outputs.count ? values : nil
  }

  private func saturation(_ leaves: [GoldenTensor]) -> String? {
    var (extreme, total) = (0, 0)
    // Where results are compared bit for bit, none hides behind another.
    for leaf in leaves where leaf.boundedReals != nil {
      guard let format = leaf.type.floatFormat,
        let values = GoldenValue.tensor(leaf).rounded?.tensor?.doubles
      else { continue }
      total += values.count
      extreme += values.count { $0 == 0 || abs($0) >= format.greatestFinite }
    }
    guard total >= Self.shareMinimum, Double(extreme) > Self.saturatedShare * Double(total) else {
      return nil
    }
    return "\(extreme) of \(total) results are zero or beyond the largest finite value"
  }

  /// Elements that a zero would match although they are none; told by the judgement over zeros.
  ///
  /// An element of a model's output may lie near zero in any draw, and what the zeros of all of them
  /// would be is told by the token's own rule (numerics §6.10, M2).
  private func smallResults(_ zeros: Judgement, _ leaves: [GoldenTensor]) -> String? {
    guard golden.outputs.allSatisfy({ $0.alternatives.count == 1 }),
      zeros.metrics.count == leaves.count
    else { return nil }
    var (small, total) = (0, 0)
    for (metrics, leaf) in zip(zeros.metrics, leaves) {
      guard let reals = leaf.boundedReals, !leaf.isOfModel else { continue }
      let exempt = reals.high.indices.count { position in
        reals.high[position] == 0 || reals.high[position].isNaN
          || (leaf.undefined.indices.contains(position) && leaf.undefined[position])
      }
      total += leaf.elementCount
      small += max(0, metrics.elements - metrics.wrong - exempt)
    }
    guard small > 1, Double(small) > Self.smallShare * Double(total) else { return nil }
    return "\(small) of \(total) results are no larger than their bound"
  }

  /// Indices have no more values than their axis is long. Those that no other index may stand for
  /// are stored bit by bit; their group says what they are.
  private func isIndices(_ leaf: GoldenTensor) -> Bool {
    leaf.columns.accuracyClass == .indices
      || (entry.group.accuracyClass == .indices && leaf.type == .i64)
  }

  private func repetition(_ leaves: [GoldenTensor]) -> String? {
    for leaf in leaves
    where leaf.elementCount >= Self.shareMinimum && leaf.isNumber && !isIndices(leaf) {
      guard let tensor = GoldenValue.tensor(leaf).rounded?.tensor else { continue }
      // A narrow type has no more than its codes.
      let codes = leaf.type.bitWidth < 16 ? Double(1 << leaf.type.bitWidth) / 2 : .infinity
      let wanted = min(Double(leaf.elementCount).squareRoot(), codes)
      let distinct = Set(tensor.codes).count
      if Double(distinct) < wanted {
        return "\(distinct) distinct values among \(leaf.elementCount) results"
      }
    }
    return nil
  }
}

extension GoldenTensor {
  /// The number of elements; 0 for a shape beyond counting.
  var elementCount: Int { shape.elementCount ?? 0 }

  fileprivate var isNumber: Bool {
    switch type.meaning {
    case .integer, .float: true
    case .bool, .complex, .string: false
    }
  }

  /// Whether it is an output of a whole model, whose elements stand for their token.
  fileprivate var isOfModel: Bool { columns.accuracyClass == .model }

  /// The exact results of a class with error bounds.
  fileprivate var boundedReals: RealColumn? {
    switch columns {
    case .elementwise(let reals, _), .accumulated(let reals, _), .product(let reals, _),
      .composite(let reals, _), .model(let reals, _, _):
      reals
    case .exact, .oneOf, .rounded, .quantised, .selection, .random: nil
    }
  }
}
