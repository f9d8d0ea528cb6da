import CPUBackend
import Glibc
import Tensors

/// Scaled dot-product attention, row by row or in tiles of keys.
struct AttentionForm: Sendable {
  var softmax = SoftmaxForm.direct
  /// Keys of a tile; nil: all scores before the first weight.
  var tile: Int?
  let way: Summation

  var attention: Computation {
    Computation { call, plain throws(KernelError) in
      // Recorded scores and a stated precision tie the softmax to a sequence of steps.
      guard !call.wants(3), !call.attributes.has("softmax_precision") else { return plain }
      let types = (try call.tensor(0).type, try call.tensor(2).type)
      let isWide = types.0 == .f64 || types.1 == .f64
      let y =
        try isWide
        ? attend(call, plain, as: Double.self) : attend(call, plain, as: Float.self)
      return [.tensor(y)] + plain.dropFirst()
    }
  }

  /// Every step in binary16.
  var half: Computation {
    Computation(types: [.f16]) { call, plain throws(KernelError) in
      guard !call.wants(3), !call.attributes.has("softmax_precision") else { return plain }
      return [.tensor(try attend(call, plain, as: Float16.self))] + plain.dropFirst()
    }
  }

  private func attend<Number: ElementaryReal>(
    _ call: Call, _ plain: [Value], as _: Number.Type
  ) throws(KernelError) -> Tensor {
    let geometry = try AttentionGeometry(call)
    let heads = try Heads<Number>(call, geometry, way)
    let mask = try AttentionMask(call, geometry)
    let scale = Number(
      try call.attributes.float("scale").map { Double($0) }
        ?? 1 / Double(geometry.size).squareRoot())
    let cap = Number(try call.float("softcap", default: 0))
    var y: [Number] = []
    let rows = geometry.batch * geometry.queryHeads * geometry.queryLength
    for row in 0..<rows {
      let place = heads.place(row)
      var scores = heads.scores(place, way).map { $0 * scale }
      if cap > 0 { scores = scores.map { cap * Number.tanh($0 / cap) } }
      var wide = scores.map(\.double)
      wide.withUnsafeMutableBufferPointer {
        mask.apply(to: $0, batch: place.batch, head: place.head, query: place.query)
      }
      let masked = wide.map { Number($0) }
      y +=
        tile.map { tiled(masked, heads.columns(place), $0) } ?? whole(masked, heads.columns(place))
    }
    let type = try call.tensor(0).type
    let shape = [
      geometry.batch, geometry.queryHeads, geometry.queryLength, geometry.valueSize,
    ]
    return try geometry.arranged(try .rounding(y, to: type, shape))
  }

  /// Weights of all keys, then one sum for each feature.
  private func whole<Number: ElementaryReal>(
    _ scores: [Number], _ columns: [[Number]]
  ) -> [Number] {
    guard scores.contains(where: { $0 != -.infinity }) else { return columns.map { _ in 0 } }
    let weights = softmax.softmax(scores, way)
    // A key without weight has no influence, even if its value is not finite.
    let kept = weights.indices.filter { weights[$0] != 0 }
    let plan = SummationPlan(way.order, count: kept.count)
    let factors = way.factors.prepared(kept.map { weights[$0] })
    return columns.map { column in way.dot(factors, kept.map { column[$0] }, plan) }
  }

  /// Sums so far are rescaled when a tile raises the maximum (Milakov and Gimelshein, 2018; Dao and
  /// others, 2022).
  private func tiled<Number: ElementaryReal>(
    _ scores: [Number], _ columns: [[Number]], _ tile: Int
  ) -> [Number] {
    var (maximum, total): (Number, Number) = (-.infinity, 0)
    var sums = columns.map { _ in Number(0) }
    for start in stride(from: 0, to: scores.count, by: tile) {
      let keys = start..<min(start + tile, scores.count)
      let greatest = scores[keys].reduce(maximum) {
        $0.isNaN || $1.isNaN ? .nan : max($0, $1)
      }
      guard greatest != -.infinity else { continue }
      let rescale = softmax.exponential(maximum, less: greatest)
      let weights = keys.map { softmax.exponential(scores[$0], less: greatest) }
      let kept = weights.indices.filter { weights[$0] != 0 }
      let plan = SummationPlan(way.order, count: kept.count)
      let factors = way.factors.prepared(kept.map { weights[$0] })
      for (index, column) in columns.enumerated() {
        let part = way.dot(factors, kept.map { column[start + $0] }, plan)
        sums[index] = (sums[index] * rescale) + part
      }
      total = total * rescale + way.sum(weights)
      maximum = greatest
    }
    return maximum == -.infinity ? sums : sums.map { $0 / total }
  }
}

/// The operands of one attention call by batch, head, position and feature.
private struct Heads<Number: ElementaryReal> {
  private let geometry: AttentionGeometry
  private let queries: [Number]
  private let keys: [Number]
  private let values: [Number]

  struct Place {
    let batch: Int
    let head: Int
    let query: Int
    let keyHead: Int
  }

  init(_ call: Call, _ geometry: AttentionGeometry, _ way: Summation) throws(KernelError) {
    func operand(
      _ position: Int, heads: Int, past: Int?
    ) throws(KernelError) -> [Number] {
      let new = try geometry.byHeads(try call.tensor(position), heads: heads)
      let old = try past.flatMap { past throws(KernelError) in try call.optionalTensor(past) }
      let joined = try past == nil ? new : geometry.appending(new, to: old)
      return way.factors.prepared(try joined.reals(Number.self))
    }
    self.geometry = geometry
    queries = try operand(0, heads: geometry.queryHeads, past: nil)
    keys = try operand(1, heads: geometry.keyHeads, past: 4)
    values = try operand(2, heads: geometry.keyHeads, past: 5)
  }

  /// The place of a row of scores.
  func place(_ row: Int) -> Place {
    let part = row / geometry.queryLength
    let (batch, head) = (part / geometry.queryHeads, part % geometry.queryHeads)
    let keyHead = batch * geometry.keyHeads + head / (geometry.queryHeads / geometry.keyHeads)
    return Place(batch: batch, head: head, query: row % geometry.queryLength, keyHead: keyHead)
  }

  /// The products of a query with all keys.
  func scores(_ place: Place, _ way: Summation) -> [Number] {
    let size = geometry.size
    let plan = SummationPlan(way.order, count: size)
    let row = (place.batch * geometry.queryHeads + place.head) * geometry.queryLength + place.query
    let query = Array(queries[row * size..<(row + 1) * size])
    return (0..<geometry.totalLength).map { key in
      let start = (place.keyHead * geometry.totalLength + key) * size
      return way.dot(query, Array(keys[start..<start + size]), plan)
    }
  }

  /// For each feature the values of all keys.
  func columns(_ place: Place) -> [[Number]] {
    let (size, total) = (geometry.valueSize, geometry.totalLength)
    return (0..<size).map { feature in
      (0..<total).map { values[(place.keyHead * total + $0) * size + feature] }
    }
  }
}
