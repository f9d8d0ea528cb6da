/// A picture read from a file: pixels row by row from the top, eight bits for each colour.
struct DecodedImage {
  struct Pixel: Hashable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8
    /// The file leaves the eight bits open: a transparent pixel, or a sample between two of them.
    var isOpen = false

    /// All colours alike.
    var isGrey: Bool { red == green && green == blue }
  }

  let width: Int
  let height: Int
  private(set) var pixels: [Pixel]

  /// Files of more pixels are not evaluated.
  private static let mostPixels = 1 << 22

  /// All pixels are black at first.
  ///
  /// - Returns: nil for a picture without pixels.
  /// - Throws: `unsupported` for one that is too large.
  init?(width: Int, height: Int) throws(EvaluationError) {
    guard width > 0, height > 0 else { return nil }
    guard width <= Self.mostPixels, height <= Self.mostPixels / width else {
      throw .unsupported("pictures of more than 2^22 pixels")
    }
    (self.width, self.height) = (width, height)
    pixels = [Pixel](
      repeating: Pixel(red: 0, green: 0, blue: 0), count: width * height)
  }

  subscript(row: Int, column: Int) -> Pixel {
    get { pixels[row * width + column] }
    set { pixels[row * width + column] = newValue }
  }

  /// The pixel of samples between 0 and `most`; open where a sample is no whole part of 255.
  static func pixel(_ red: Int, _ green: Int, _ blue: Int, most: Int) -> Pixel {
    let scaled = [red, green, blue].map { $0 * 255 }
    let bytes = scaled.map { UInt8(clamping: $0 / most) }
    return Pixel(
      red: bytes[0], green: bytes[1], blue: bytes[2],
      isOpen: scaled.contains { $0 % most != 0 || $0 > 255 * most })
  }
}

/// Reads numbers from a file, none beyond its end.
struct ImageBytes {
  let bytes: [UInt8]

  /// The number in the bytes of a range, the first one the most significant; nil past the end.
  func bigEndian(_ start: Int, _ count: Int) -> Int? {
    guard start >= 0, start <= bytes.count - count else { return nil }
    return bytes[start..<start + count].reduce(0) { $0 << 8 | Int($1) }
  }

  /// The same with the last byte the most significant.
  func littleEndian(_ start: Int, _ count: Int) -> Int? {
    guard start >= 0, start <= bytes.count - count else { return nil }
    return bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The number of so many bits at a bit position, the highest bit of a byte first; zero past the end.
  static func bits(_ row: ArraySlice<UInt8>, at position: Int, _ count: Int) -> Int {
    let index = row.startIndex + position / 8
    guard index < row.endIndex else { return 0 }
    let shift = 8 - count - position % 8
    return Int(row[index]) >> max(0, shift) & ((1 << count) - 1)
  }
}
