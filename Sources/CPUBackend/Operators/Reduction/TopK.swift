import Tensors

/// The k largest or smallest elements along an axis and their indices.
///
/// Equal elements, -0 and 0 among them, are taken in the order of their indices; NaN counts as
/// larger than every number. The result is sorted whether or not `sorted` asks for it.
enum TopKKernel: OperatorKernel {
  static let name = "TopK"
  static let versions = [1, 10, 11, 24]

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let x = try call.tensor(0)
    let axis = try Axes.normalised(try call.int("axis", default: -1), rank: x.shape.count)
    let lanes = Lanes(x.shape, axes: [axis])
    let k = try count(call)
    guard k >= 0, k <= lanes.length else {
      throw .invalidInput("k is \(k), axis \(axis) has \(lanes.length) elements")
    }
    let largest = try call.flag("largest", default: true)
    let rows = try lanes.gathered(x)
    let chosen = try indices(of: rows, lanes, k: k, largest: largest)
    var positions: [Int] = []
    positions.reserveCapacity(chosen.count)
    for (place, index) in chosen.enumerated() {
      positions.append(place / k * lanes.length + index)
    }
    var shape = x.shape
    shape[axis] = k
    let result = Lanes(shape, axes: [axis])
    let flat = [chosen.count]
    let values = try Selection(positions).tensor(of: rows, shape: flat)
    let places = try Tensor.of(.i64, flat, chosen.map { Int64($0) })
    return [.tensor(try result.scattered(values)), .tensor(try result.scattered(places))]
  }

  /// The number of elements to take: an attribute of version 1, an input later on.
  private static func count(_ call: Call) throws(KernelError) -> Int {
    if call.version == 1 { return try call.int("k", default: 0) }
    guard let values = try call.integers(1), values.count == 1 else {
      throw .invalidInput("K must have one element")
    }
    return values[0]
  }

  private static func indices(
    of rows: Tensor, _ lanes: Lanes, k: Int, largest: Bool
  ) throws(KernelError) -> [Int] {
    // Without elements to take, no row is worth a visit.
    guard k > 0 else { return [] }
    let lists: [[Int]]
    if rows.type.isFloat {
      lists = lanes.reduce(try rows.reals(Double.self)) { row in
        first(k, of: row) { a, b in
          if a.isNaN || b.isNaN { return largest ? a.isNaN && !b.isNaN : !a.isNaN && b.isNaN }
          return largest ? a > b : a < b
        }
      }
    } else if rows.type == .u64 {
      lists = lanes.reduce(rows.elements(UInt64.self)) { row in
        first(k, of: row) { largest ? $0 > $1 : $0 < $1 }
      }
    } else {
      lists = lanes.reduce(rows.wideIntegers) { row in
        first(k, of: row) { largest ? $0 > $1 : $0 < $1 }
      }
    }
    return lists.flatMap { $0 }
  }

  /// The indices of the first k elements in an order, equal ones by index.
  private static func first<Number>(
    _ k: Int, of row: UnsafeBufferPointer<Number>, _ precedes: (Number, Number) -> Bool
  ) -> [Int] {
    let order = row.indices.sorted { a, b in
      if precedes(row[a], row[b]) { return true }
      return a < b && !precedes(row[b], row[a])
    }
    return Array(order.prefix(k))
  }
}
