import ExtendedArithmetic
import Tensors

/// How often the n-grams of a pool occur in each row.
///
/// - (C1) Input [C] gives [max(ngram_indexes) + 1], input [N, C] a row of that for each row.
/// - (C2) The items of an n-gram stand s + 1 places apart, for every s up to `max_skip_count`; a
///   single item is counted once.
/// - (C3) `mode` TF counts, IDF has the weight of what occurs, TFIDF count times weight.
/// - (C4) `ngram_counts` says where the 1-grams, 2-grams … of the pool begin; only lengths from
///   `min_gram_length` to `max_gram_length` count.
/// - (C5) The i-th n-gram of the pool has coordinate ngram_indexes[i] and weight weights[i].
/// - (C6) One pool, of the input's kind.
/// - Source: onnx/onnx docs/Operators.md, TfIdfVectorizer.
enum TfIdfVectorizerEvaluator: Evaluator {
  static let name = "TfIdfVectorizer"
  private static let greatestCount = 1 << 20

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let x = try call.tensor(0)
    guard (1...2).contains(x.rank), let length = x.shape.last else {
      throw .invalid("TfIdfVectorizer of shape \(x.shape)")
    }
    let layout = try Layout(call)
    let rows = x.rank == 1 ? 1 : x.shape[0]
    guard rows <= greatestCount / Swift.max(1, layout.width) else {
      throw .unsupported("TfIdfVectorizer of so many results")
    }
    let counts: [[Int]]
    if x.type == .string {
      guard let pool = layout.texts else { throw .invalid("texts without pool_strings") }
      // Texts are equal when their bytes are.
      counts = layout.counts(
        of: try x.strings().map { Array($0.utf8) }, pool.map { Array($0.utf8) }, rows: rows,
        length: length)
    } else {
      guard let pool = layout.numbers else { throw .invalid("numbers without pool_int64s") }
      counts = layout.counts(of: try x.integers(), pool, rows: rows, length: length)
    }
    let values = counts.flatMap { layout.values($0) }
    let shape = Shape(x.shape.dropLast()) + [layout.width]
    return [.rounded(ExactTensor(.f32, shape, reals: values))]
  }
}

/// The pool and what the attributes say about it.
private struct Layout {
  private enum Mode: String {
    case counts = "TF"
    case weights = "IDF"
    case weightedCounts = "TFIDF"
  }

  let texts: [String]?
  let numbers: [Int128]?
  /// For each n-gram where it begins in the pool, and its length.
  private let grams: [(start: Int, length: Int)]
  private let coordinates: [Int]
  private let weights: [Double]
  private let mode: Mode
  private let lengths: ClosedRange<Int>
  private let mostSkips: Int
  let width: Int

  init(_ call: Call) throws(EvaluationError) {
    guard let mode = Mode(rawValue: try call.string("mode", default: "")) else {
      throw .invalid("TfIdfVectorizer with another mode than TF, IDF and TFIDF")
    }
    self.mode = mode
    texts = call.node.attributes["pool_strings"]?.stringsValue
    numbers = try call.ints("pool_int64s")?.map { Int128($0) }
    guard (texts == nil) != (numbers == nil) else {
      throw .invalid("TfIdfVectorizer needs exactly one pool")
    }
    grams = try Self.grams(
      try call.ints("ngram_counts") ?? [], poolCount: texts?.count ?? numbers?.count ?? 0)
    coordinates = try call.ints("ngram_indexes") ?? []
    weights =
      try call.floats("weights") ?? [Double](repeating: 1, count: coordinates.count)
    guard coordinates.count == grams.count, weights.count == grams.count else {
      throw .invalid("\(grams.count) n-grams, \(coordinates.count) coordinates")
    }
    guard Set(coordinates).count == coordinates.count, let last = coordinates.max(),
      coordinates.allSatisfy({ $0 >= 0 }), last < 1 << 20
    else { throw .unsupported("TfIdfVectorizer with these coordinates") }
    width = last + 1
    let (least, most) = (try call.int("min_gram_length"), try call.int("max_gram_length"))
    mostSkips = try call.int("max_skip_count")
    guard least >= 1, most >= least, mostSkips >= 0 else {
      throw .invalid("n-grams of \(least) to \(most) items with \(mostSkips) skips")
    }
    lengths = least...most
  }

  private static func grams(
    _ starts: [Int], poolCount: Int
  ) throws(EvaluationError) -> [(start: Int, length: Int)] {
    var grams: [(start: Int, length: Int)] = []
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : poolCount
      let length = index + 1
      guard start >= 0, start <= end, end <= poolCount, index > 0 || start == 0,
        (end - start) % length == 0
      else { throw .invalid("ngram_counts \(starts) do not fit a pool of \(poolCount)") }
      grams += stride(from: start, to: end, by: length).map { ($0, length) }
    }
    return grams
  }

  /// The counts of all n-grams in each row.
  func counts<Item: Equatable>(
    of items: [Item], _ pool: [Item], rows: Int, length: Int
  ) -> [[Int]] {
    (0..<rows).map { row in
      let line = Array(items[(row * length)..<((row + 1) * length)])
      return grams.map { gram in
        guard lengths.contains(gram.length) else { return 0 }
        return occurrences(of: Array(pool[gram.start..<(gram.start + gram.length)]), in: line)
      }
    }
  }

  private func occurrences<Item: Equatable>(of gram: [Item], in line: [Item]) -> Int {
    var count = 0
    let greatestSkip = gram.count == 1 ? 0 : Swift.min(mostSkips, line.count)
    for distance in 1...(greatestSkip + 1) {
      let span = (gram.count - 1) * distance
      guard span < line.count else { break }
      count += (0..<(line.count - span)).count { start in
        gram.indices.allSatisfy { line[start + $0 * distance] == gram[$0] }
      }
    }
    return count
  }

  /// One row of the result.
  func values(_ counts: [Int]) -> [DoubleDouble] {
    var values = [DoubleDouble](repeating: .zero, count: width)
    for (index, count) in counts.enumerated() where count > 0 {
      let weight = DoubleDouble(weights[index])
      switch mode {
      case .counts: values[coordinates[index]] = DoubleDouble(count)
      case .weights: values[coordinates[index]] = weight
      case .weightedCounts: values[coordinates[index]] = DoubleDouble(count) * weight
      }
    }
    return values
  }
}
