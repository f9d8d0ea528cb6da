/// Reads BMP files without compression: 1, 4, 8, 16, 24 and 32 bits a pixel, either way up.
///
/// Source: Microsoft, Bitmap Storage and BITMAPINFOHEADER.
enum BitmapImage {
  static func recognises(_ file: ImageBytes) -> Bool { file.bytes.starts(with: [0x42, 0x4D]) }

  /// The picture, nil where the file is corrupt.
  ///
  /// - Throws: `unsupported` for compressed files, masks of colours, and headers of OS/2.
  static func read(_ file: ImageBytes) throws(EvaluationError) -> DecodedImage? {
    guard let start = file.littleEndian(10, 4), let header = file.littleEndian(14, 4) else {
      return nil
    }
    guard header >= 40 else {
      guard header == 12 else { return nil }
      throw .unsupported("BMP files with a header of OS/2")
    }
    guard let width = signed(file, 18), let height = signed(file, 22),
      let bits = file.littleEndian(28, 2), let compression = file.littleEndian(30, 4),
      let used = file.littleEndian(46, 4), [1, 4, 8, 16, 24, 32].contains(bits),
      file.littleEndian(26, 2) == 1
    else { return nil }
    guard compression == 0 else { throw .unsupported("BMP files of compression \(compression)") }
    let line = (width * bits + 31) / 32 * 4
    // No product of sizes out of the file before it is known to be long enough for them.
    guard width > 0, abs(height) <= file.bytes.count / line,
      var image = try DecodedImage(width: width, height: abs(height))
    else { return nil }
    let palette = bits <= 8 ? palette(file, 14 + header, used == 0 ? 1 << bits : used) : []
    guard let palette, start + line * image.height <= file.bytes.count else { return nil }
    for row in 0..<image.height {
      let place = start + (height > 0 ? image.height - 1 - row : row) * line
      let bytes = file.bytes[place..<place + line]
      for column in 0..<width {
        guard let pixel = pixel(bytes, column, bits, palette) else { return nil }
        image[row, column] = pixel
      }
    }
    return image
  }

  private static func signed(_ file: ImageBytes, _ start: Int) -> Int? {
    file.littleEndian(start, 4).map { Int(Int32(truncatingIfNeeded: $0)) }
  }

  /// The colours of the table; nil where it is longer than the pixels allow or than the file.
  private static func palette(
    _ file: ImageBytes, _ start: Int, _ count: Int
  ) -> [DecodedImage.Pixel]? {
    guard 1...256 ~= count, start + 4 * count <= file.bytes.count else { return nil }
    return (0..<count).map { entry in
      let place = start + 4 * entry
      return DecodedImage.Pixel(
        red: file.bytes[place + 2], green: file.bytes[place + 1], blue: file.bytes[place])
    }
  }

  private static func pixel(
    _ row: ArraySlice<UInt8>, _ column: Int, _ bits: Int, _ palette: [DecodedImage.Pixel]
  ) -> DecodedImage.Pixel? {
    let place = row.startIndex + column * (bits / 8)
    switch bits {
    case 16:
      let word = Int(row[place]) | Int(row[place + 1]) << 8
      return DecodedImage.pixel(word >> 10 & 31, word >> 5 & 31, word & 31, most: 31)
    case 24, 32:
      return DecodedImage.Pixel(red: row[place + 2], green: row[place + 1], blue: row[place])
    default:
      let index = ImageBytes.bits(row, at: column * bits, bits)
      return index < palette.count ? palette[index] : nil
    }
  }
}
