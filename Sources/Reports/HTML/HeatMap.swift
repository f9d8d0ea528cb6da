import Tensors

/// Operators against types: how many of the cases of each pair passed.
struct HeatMap {
  /// The cases of one operator and one type.
  struct Cell {
    let counts: Counts
    /// The worst failure, if any.
    let worst: Entry?

    init(_ entries: [Entry]) {
      counts = Counts(entries)
      worst = entries.filter { $0.status.outcome == .failed }.min(by: Entry.worstFirst)
    }
  }

  struct Row {
    let name: String
    /// One per column; nil where the run has no such case.
    let cells: [Cell?]
  }

  /// The rows of one domain.
  struct Block {
    let domain: String
    let rows: [Row]
  }

  /// Type names in the order of ``columnOrder``; the first type variable decides.
  let columns: [String]
  let blocks: [Block]

  init(_ entries: [Entry]) {
    let found = Set(entries.map(Self.column))
    let known = Self.columnOrder.filter(found.contains)
    let columns = known + found.subtracting(known).sorted()
    self.columns = columns
    blocks = Dictionary(grouping: entries, by: \.record.domain)
      .sorted { ($0.key != "onnx", $0.key) < ($1.key != "onnx", $1.key) }
      .map { Block(domain: $0.key, rows: Self.rows($0.value, columns)) }
  }

  private static func rows(_ entries: [Entry], _ columns: [String]) -> [Row] {
    Dictionary(grouping: entries, by: \.record.operatorName)
      .sorted { $0.key < $1.key }
      .map { name, entries in
        let byColumn = Dictionary(grouping: entries, by: column)
        return Row(name: name, cells: columns.map { byColumn[$0].map(Cell.init) })
      }
  }

  private static func column(_ entry: Entry) -> String {
    entry.record.types.split(separator: ".").first.map(String.init) ?? "untyped"
  }

  /// Floating-point types by width, then integers, then the rest.
  private static let columnOrder: [String] = {
    let order: [ElementType] = [
      .f64, .f32, .f16, .bf16, .e4m3fn, .e4m3fnuz, .e5m2, .e5m2fnuz, .e8m0, .e3m2, .e2m3, .e2m1,
      .i64, .i32, .i16, .i8, .i4, .i2, .u64, .u32, .u16, .u8, .u4, .u2, .bool, .c64, .c128,
      .string,
    ]
    return order.map(\.name)
  }()
}

/// `false` sorts before `true`.
private func < (a: (Bool, String), b: (Bool, String)) -> Bool {
  a.0 != b.0 ? !a.0 : a.1 < b.1
}
