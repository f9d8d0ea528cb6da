import Glibc
package import Tensors

/// The steps from the products of one query with all keys to the weights of the values.
package struct AttentionRows: Sendable {
  private let mask: AttentionMask
  private let scale: Double
  private let softcap: Double
  /// The step after which scores are recorded as `qk_matmul_output`.
  private let recordedStep: Int
  /// The type scores are rounded to before the softmax, when it is narrower than theirs.
  private let precision: ElementType?

  /// - Throws: `invalidModel` for an attribute out of range, `invalidInput` for a mask that does
  ///   not fit.
  package init(
    _ call: Call, _ geometry: AttentionGeometry, type: ElementType
  ) throws(KernelError) {
    mask = try AttentionMask(call, geometry)
    scale =
      try call.attributes.float("scale").map { Double($0) }
      ?? 1 / Double(geometry.size).squareRoot()
    softcap = Double(try call.float("softcap", default: 0))
    recordedStep = try call.int("qk_matmul_output_mode", default: 0)
    guard (0...3).contains(recordedStep) else {
      throw .invalidModel("qk_matmul_output_mode is \(recordedStep), it must be in 0...3")
    }
    let stated = try call.attributes.elementType("softmax_precision")
    switch stated {
    case nil, .f64: precision = nil
    case .f32: precision = type == .f64 ? .f32 : nil
    case .f16, .bf16: precision = type == .f64 || type == .f32 ? stated : nil
    default: throw .invalidModel("softmax_precision is no floating-point type")
    }
  }

  /// Turns the products of a query with its keys into weights, in place.
  ///
  /// `record` is called once with the scores after the step that the model asks for.
  package func weigh(
    _ scores: UnsafeMutableBufferPointer<Double>, batch: Int, head: Int, query: Int,
    record: (UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    for key in scores.indices { scores[key] *= scale }
    if recordedStep == 0 { record(scores) }
    if softcap > 0 {
      for key in scores.indices { scores[key] = softcap * tanh(scores[key] / softcap) }
    }
    if recordedStep == 1 { record(scores) }
    mask.apply(to: scores, batch: batch, head: head, query: query)
    if recordedStep == 2 { record(scores) }
    if let precision { round(scores, to: precision) }
    normalise(scores)
    if recordedStep == 3 { record(scores) }
  }

  private func round(_ scores: UnsafeMutableBufferPointer<Double>, to type: ElementType) {
    for key in scores.indices {
      let score = scores[key]
      switch type {
      case .f16: scores[key] = Double(score.half)
      case .bf16: scores[key] = Double(Float(bitPattern: UInt32(score.bfloat16Code) << 16))
      default: scores[key] = Double(score.single)
      }
    }
  }

  private func normalise(_ scores: UnsafeMutableBufferPointer<Double>) {
    let greatest = LaneTree.maximum(UnsafeBufferPointer(scores))
    // No key is left: the query attends to nothing.
    guard greatest != -.infinity else { return scores.update(repeating: 0) }
    for key in scores.indices { scores[key] = exp(scores[key] - greatest) }
    let sum = LaneTree.sum(UnsafeBufferPointer(scores))
    for key in scores.indices { scores[key] /= sum }
  }
}

/// The heads of one attention call with operands of shape (batch, heads, length, features).
struct AttentionHeads<Number: Real & GemmElement> {
  var geometry: AttentionGeometry
  var rows: AttentionRows
  var queries: [Number]
  var keys: [Number]
  var values: [Number]

  /// Computes one head of one batch element.
  func attend(
    _ index: Int, _ y: UnsafeMutableBufferPointer<Number>,
    _ record: UnsafeMutableBufferPointer<Number>?, _ pool: ThreadPool
  ) {
    let (length, total) = (geometry.queryLength, geometry.totalLength)
    guard length > 0, total > 0 else { return }
    let (batch, head) = (index / geometry.queryHeads, index % geometry.queryHeads)
    let keyHead = batch * geometry.keyHeads + head / (geometry.queryHeads / geometry.keyHeads)
    var weights = products(index, keyHead, pool)
    var row = [Double](repeating: 0, count: total)
    row.withUnsafeMutableBufferPointer { row in
      for query in 0..<length {
        let start = query * total
        for key in 0..<total { row[key] = weights[start + key].double }
        rows.weigh(row, batch: batch, head: head, query: query) { scores in
          guard let record else { return }
          let first = index * length * total + start
          for key in 0..<total { record[first + key] = Number(scores[key]) }
        }
        for key in 0..<total { weights[start + key] = Number(row[key]) }
      }
    }
    combine(index, keyHead, weights, y, pool)
  }

  /// The products of all queries of the head with all keys.
  private func products(_ index: Int, _ keyHead: Int, _ pool: ThreadPool) -> [Number] {
    let (length, total, size) = (geometry.queryLength, geometry.totalLength, geometry.size)
    var result = [Number](repeating: 0, count: length * total)
    result.withUnsafeMutableBufferPointer { result in
      queries.withUnsafeBufferPointer { queries in
        keys.withUnsafeBufferPointer { keys in
          guard let a = queries.baseAddress, let b = keys.baseAddress,
            let c = result.baseAddress, size > 0
          else { return }
          PackedGemm.multiply(
            m: length, n: total, k: size, a: a + index * length * size, aRowStride: size,
            aColumnStride: 1, b: b + keyHead * total * size, bRowStride: 1,
            bColumnStride: size, c: c, cRowStride: total, pool: pool)
        }
      }
    }
    return result
  }

  /// The sums of the values with the weights of each query.
  private func combine(
    _ index: Int, _ keyHead: Int, _ weights: [Number],
    _ y: UnsafeMutableBufferPointer<Number>, _ pool: ThreadPool
  ) {
    let (length, total, size) = (geometry.queryLength, geometry.totalLength, geometry.valueSize)
    guard size > 0, let target = y.baseAddress else { return }
    let c = target + index * length * size
    let first = keyHead * total * size
    // A value that is not finite would poison the product also where its weight is zero.
    guard values[first..<first + total * size].allSatisfy({ $0.isFinite }) else {
      return combineSelectively(weights, first, c)
    }
    weights.withUnsafeBufferPointer { weights in
      values.withUnsafeBufferPointer { values in
        guard let a = weights.baseAddress, let b = values.baseAddress else { return }
        PackedGemm.multiply(
          m: length, n: size, k: total, a: a, aRowStride: total, aColumnStride: 1,
          b: b + first, bRowStride: size, bColumnStride: 1, c: c, cRowStride: size, pool: pool)
      }
    }
  }

  private func combineSelectively(
    _ weights: [Number], _ first: Int, _ target: UnsafeMutablePointer<Number>
  ) {
    let (total, size) = (geometry.totalLength, geometry.valueSize)
    for query in 0..<geometry.queryLength {
      for feature in 0..<size {
        var sum = 0.0
        for key in 0..<total where weights[query * total + key] != 0 {
          sum += weights[query * total + key].double * values[first + key * size + feature].double
        }
        target[query * size + feature] = Number(sum)
      }
    }
  }
}
