import Spec
import Tensors

/// Compares two tensors of the golden's type and shape element by element.
struct RelationComparison {
  private let left: RelationSide
  private let right: RelationSide
  private let golden: GoldenTensor
  /// The limit of |a − b| by element; nil demands equal bits.
  private let limit: ((Int) -> Double)?
  private let a: [Double]
  private let b: [Double]

  init(
    _ left: RelationSide, _ right: RelationSide, _ golden: GoldenTensor,
    _ context: JudgementContext
  ) throws(GoldenFault) {
    (self.left, self.right, self.golden) = (left, right, golden)
    switch golden.columns {
    case .exact:
      (limit, a, b) = (nil, [], [])
    case .model(let column, let side, let rule):
      guard let a = left.tensor.doubles, let b = right.tensor.doubles else {
        throw GoldenFault("real results for the type \(golden.type.name)")
      }
      let comparison = TensorComparison(
        name: left.name, observed: left.tensor, golden: golden, context: context)
      let bounds = try ModelComparison(comparison, column, side, rule)
      (self.a, self.b) = (a, b)
      limit = { roundedUp(2 * bounds.limit(at: $0)) }
    case .oneOf, .rounded, .elementwise, .accumulated, .product, .composite, .quantised,
      .selection, .random:
      throw GoldenFault("class \(golden.columns.accuracyClass.rawValue)")
    }
  }

  var judgement: Judgement {
    guard let limit else { return exactJudgement }
    var tally = ElementTally()
    for position in a.indices where golden.undefined.isEmpty || !golden.undefined[position] {
      let (a, b) = (a[position], b[position])
      if a.isNaN && b.isNaN || a == b { continue }
      guard a.isFinite, b.isFinite else {
        tally.wrongClass.append(position)
        continue
      }
      let ratio = abs(a - b) / limit(position)
      tally.record(ratio: ratio, at: position)
      if !(ratio <= 1) { tally.recordWrongValue(at: position, ratio: ratio) }
    }
    return judgement(tally) { position in "±" + DecimalText.short(limit(position)) }
  }

  private var exactJudgement: Judgement {
    var tally = ElementTally()
    let (a, b) = (ElementTexts(left.tensor), ElementTexts(right.tensor))
    for position in 0..<golden.shape.linearCount
    where a.text(at: position) != b.text(at: position) {
      tally.recordWrongValue(at: position, ratio: .infinity)
    }
    return judgement(tally) { _ in "exactly" }
  }

  private func judgement(_ tally: ElementTally, _ bound: (Int) -> String) -> Judgement {
    let metrics = tally.metrics(
      output: "\(left.name) ~ \(right.name)", elements: golden.shape.linearCount)
    guard tally.wrong > 0 else { return Judgement(verdict: .pass, metrics: [metrics]) }
    let position = tally.shownPosition
    let index = golden.shape.index(ofLinear: position)
    let (a, b) = (ElementTexts(left.tensor), ElementTexts(right.tensor))
    let place = index.map { "\($0)" }.joined(separator: ",")
    let ratio = tally.wrongClass.isEmpty ? tally.worstRatio : .infinity
    let worst = WorstElement(
      output: left.name, index: index, observed: a.text(at: position), golden: b.text(at: position),
      bound: bound(position), ratio: ratio)
    let share = "\(tally.wrong) of \(golden.shape.linearCount) elements disagree"
    return Judgement(
      verdict: .fail(.relation),
      message: "\(left.name)[\(place)] is \(a.text(at: position)), \(right.name)[\(place)] is "
        + "\(b.text(at: position)); \(share)",
      details: ["limit: twice the bound of the golden, as either side may err once (models §3)"],
      worst: worst, metrics: [metrics])
  }
}

extension Shape {
  /// The number of elements of a shape that a tensor has.
  fileprivate var linearCount: Int { elementCount ?? 0 }
}
