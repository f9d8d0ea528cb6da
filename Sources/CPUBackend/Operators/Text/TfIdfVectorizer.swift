import Tensors

/// Counts of the n-grams of a pool in each row, weighted as the mode says.
///
/// Every sequence of items of a row is looked up in a table of the pool. Counts are multiplied with
/// their weights in binary32.
enum TfIdfVectorizerKernel: OperatorKernel {
  static let name = "TfIdfVectorizer"
  static let versions = [9]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try GramSettings(declaration.attributes)
    let attributes = declaration.attributes
    guard case .tensor(let type)?? = declaration.inputTypes.first else { return }
    guard attributes.has(type == .string ? "pool_strings" : "pool_int64s") else {
      throw .invalidModel("the pool does not hold \(type.onnxName)")
    }
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let settings = try GramSettings(call.attributes)
    guard x.shape.count == 1 || x.shape.count == 2 else {
      throw .invalidInput("the input has shape \(x.shape), rank 1 or 2 is needed")
    }
    let shape: Shape = Array(x.shape.dropLast()) + [settings.width]
    let count = try Allocation.count(of: shape, type: .f32)
    var result = [Float](repeating: 0, count: count)
    if x.type == .string {
      let pool = try call.attributes.strings("pool_strings") ?? []
      // Equal texts have equal bytes; the standard library's equality is wider.
      settings.count(
        x.strings.map { Array($0.utf8) }, x.shape, pool.map { Array($0.utf8) }, into: &result)
    } else {
      let pool = (try call.ints("pool_int64s") ?? []).map { Int64($0) }
      settings.count(x.wideIntegers, x.shape, pool, into: &result)
    }
    return [.tensor(try .of(.f32, shape, result))]
  }
}

/// What the attributes say.
private struct GramSettings {
  /// Where the n-grams of each length begin in the pool, and the end of the pool.
  private var starts: [Int]
  private let coordinates: [Int]
  private let weights: [Float]
  private let mode: String
  private let least: Int
  private let most: Int
  private let skips: Int
  let width: Int

  init(_ attributes: Attributes) throws(KernelError) {
    mode = try attributes.choice("mode", of: ["TF", "IDF", "TFIDF"], default: "")
    let (texts, numbers) = (
      try attributes.strings("pool_strings"), try attributes.ints("pool_int64s")
    )
    guard (texts == nil) != (numbers == nil) else {
      throw .invalidModel("exactly one of pool_strings and pool_int64s is needed")
    }
    let poolCount = texts?.count ?? numbers?.count ?? 0
    starts = try attributes.ints("ngram_counts") ?? []
    starts.append(poolCount)
    let gramCount = try Self.gramCount(starts, poolCount: poolCount)
    coordinates = try attributes.ints("ngram_indexes") ?? []
    weights = try attributes.floats("weights") ?? []
    guard coordinates.count == gramCount, weights.isEmpty || weights.count == gramCount else {
      throw .invalidModel(
        "\(gramCount) n-grams, \(coordinates.count) coordinates, \(weights.count) weights")
    }
    guard (coordinates.min() ?? 0) >= 0, let last = coordinates.max(), last < Allocation.limit
    else {
      throw .invalidModel("coordinates must be small positive numbers")
    }
    width = last + 1
    least = try attributes.int("min_gram_length", default: 1)
    most = try attributes.int("max_gram_length", default: 1)
    skips = try attributes.int("max_skip_count", default: 0)
    guard least >= 1, most >= least, skips >= 0 else {
      throw .invalidModel("n-grams of \(least) to \(most) items with \(skips) skips")
    }
  }

  private static func gramCount(_ starts: [Int], poolCount: Int) throws(KernelError) -> Int {
    var count = 0
    for length in 1..<max(1, starts.count) {
      let (start, end) = (starts[length - 1], starts[length])
      guard start >= 0, end >= start, end <= poolCount, (end - start) % length == 0,
        length > 1 || start == 0
      else { throw .invalidModel("ngram_counts do not fit a pool of \(poolCount) items") }
      count += (end - start) / length
    }
    return count
  }

  /// Adds up one row of the result after the other.
  func count<Item: Hashable>(
    _ items: [Item], _ shape: Shape, _ pool: [Item], into result: inout [Float]
  ) {
    let length = shape.last ?? 0
    var numbered = 0
    for gram in 1..<max(1, starts.count) {
      var table: [ArraySlice<Item>: Int] = [:]
      for start in stride(from: starts[gram - 1], to: starts[gram], by: gram) {
        table[pool[start..<(start + gram)]] = numbered
        numbered += 1
      }
      guard gram >= least, gram <= most, gram <= length, !table.isEmpty else { continue }
      for row in 0..<(items.count / max(1, length)) {
        let line = items[(row * length)..<((row + 1) * length)]
        count(gram, line, table, row * width, &result)
      }
    }
  }

  private func count<Item: Hashable>(
    _ gram: Int, _ line: ArraySlice<Item>, _ table: [ArraySlice<Item>: Int], _ offset: Int,
    _ result: inout [Float]
  ) {
    // Steps that lead out of the row find nothing; single items take no steps.
    let greatest = gram == 1 ? 1 : min(skips, line.count) + 1
    var counts: [Int: Int] = [:]
    for step in 1...greatest where (gram - 1) * step < line.count {
      for start in line.startIndex..<(line.endIndex - (gram - 1) * step) {
        let found = (0..<gram).map { line[start + $0 * step] }
        if let number = table[found[...]] { counts[number, default: 0] += 1 }
      }
    }
    for (number, count) in counts {
      let weight = weights.isEmpty ? 1 : weights[number]
      let value = mode == "IDF" ? weight : Float(count) * (mode == "TF" ? 1 : weight)
      result[offset + coordinates[number]] = value
    }
  }
}
