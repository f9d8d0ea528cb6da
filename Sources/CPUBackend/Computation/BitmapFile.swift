/// A BMP file without compression.
struct BitmapFile {
  private let file: [UInt8]
  private let width: Int
  private let height: Int
  private let isUpsideDown: Bool
  private let depth: Int
  /// Where the colours and the rows start.
  private let (table, rows): (Int, Int)
  private let colours: Int

  /// - Returns: nil for a header that is damaged.
  /// - Throws: `unsupported` for compression, `outOfMemory` for too large a picture.
  init?(_ file: [UInt8]) throws(KernelError) {
    guard file.count >= 26 else { return nil }
    self.file = file
    let header = Self.word(file, 14)
    guard header != 12 else { throw .unsupported(.construct, "BMP files of OS/2 are not decoded") }
    guard header >= 40, file.count >= 54, Self.word(file, 26) & 0xFFFF == 1 else { return nil }
    let tall = Int(Int32(truncatingIfNeeded: Self.word(file, 22)))
    width = Int(Int32(truncatingIfNeeded: Self.word(file, 18)))
    (height, isUpsideDown) = (abs(tall), tall > 0)
    depth = Self.word(file, 28) & 0xFFFF
    guard Self.word(file, 30) == 0 else {
      throw .unsupported(.construct, "compressed BMP files are not decoded")
    }
    guard width > 0, height > 0, [1, 4, 8, 16, 24, 32].contains(depth) else { return nil }
    let used = Self.word(file, 46)
    colours = depth > 8 ? 0 : used == 0 ? 1 << depth : used
    (table, rows) = (14 + header, Self.word(file, 10))
    guard colours <= 256, table + 4 * colours <= file.count, rows <= file.count,
      height <= (file.count - rows) / stride
    else { return nil }
    _ = try Picture.count(width, height)
  }

  private static func word(_ file: [UInt8], _ start: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(file[start + $1]) << (8 * $1) }
  }

  /// Bytes of a row, which fills whole words.
  private var stride: Int { (width * depth + 31) / 32 * 4 }

  /// nil for a pixel beyond the table of colours.
  func picture() throws(KernelError) -> Picture? {
    var picture = Picture(width: width, height: height, samples: [])
    picture.samples.reserveCapacity(3 * width * height)
    for row in 0..<height {
      let start = rows + (isUpsideDown ? height - 1 - row : row) * stride
      for column in 0..<width {
        guard let colour = colour(start, column) else { return nil }
        picture.samples += [colour.x, colour.y, colour.z]
      }
    }
    return picture
  }

  private func colour(_ start: Int, _ column: Int) -> SIMD3<UInt8>? {
    switch depth {
    case 24, 32: return reversed(start + column * (depth / 8))
    case 16:
      let value = Int(file[start + 2 * column]) | Int(file[start + 2 * column + 1]) << 8
      return SIMD3(
        Picture.byte(value >> 10 & 31, of: 31), Picture.byte(value >> 5 & 31, of: 31),
        Picture.byte(value & 31, of: 31))
    default:
      let share = 8 / depth
      let shift = depth * (share - 1 - column % share)
      let entry = Int(file[start + column / share]) >> shift & ((1 << depth) - 1)
      return entry < colours ? reversed(table + 4 * entry) : nil
    }
  }

  /// Blue comes first in the file.
  private func reversed(_ place: Int) -> SIMD3<UInt8> {
    SIMD3(file[place + 2], file[place + 1], file[place])
  }
}
