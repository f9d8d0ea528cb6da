/// Reads portable bitmaps, greymaps and pixmaps, as text and in binary (P1 to P6).
///
/// Source: Netpbm, the formats pbm, pgm and ppm.
struct PortableImage {
  private let bytes: [UInt8]
  private var position = 2

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func recognises(_ file: ImageBytes) -> Bool {
    file.bytes.count > 2 && file.bytes[0] == 0x50 && 0x31...0x36 ~= file.bytes[1]
  }

  /// The picture, nil where the file is corrupt.
  static func read(_ file: ImageBytes) throws(EvaluationError) -> DecodedImage? {
    var reader = PortableImage(file.bytes)
    let kind = Int(file.bytes[1]) - 0x30
    guard let width = reader.number(), let height = reader.number() else { return nil }
    let isBitmap = kind == 1 || kind == 4
    guard let most = isBitmap ? 1 : reader.number(), 1...65535 ~= most else { return nil }
    // Every pixel takes a bit at least; the product of two numbers of nine digits fits.
    guard width * height / 8 <= file.bytes.count,
      var image = try DecodedImage(width: width, height: height)
    else { return nil }
    // One blank ends the header of a binary file.
    if kind > 3 { reader.position += 1 }
    for row in 0..<height {
      let start = reader.position
      for column in 0..<width {
        var samples: [Int] = []
        for _ in 0..<(kind % 3 == 0 ? 3 : 1) {
          guard let sample = reader.sample(kind, most, start, column), sample <= most else {
            return nil
          }
          samples.append(isBitmap ? 1 - sample : sample)
        }
        image[row, column] = DecodedImage.pixel(
          samples[0], samples[samples.count / 2], samples[samples.count - 1], most: most)
      }
      if kind == 4 { reader.position = start + (width + 7) / 8 }
    }
    return image
  }

  private mutating func sample(_ kind: Int, _ most: Int, _ start: Int, _ column: Int) -> Int? {
    switch kind {
    case 1: return digit()
    case 2, 3: return number()
    case 4:
      let place = start + column / 8
      return place < bytes.count ? Int(bytes[place]) >> (7 - column % 8) & 1 : nil
    default:
      let length = most > 255 ? 2 : 1
      defer { position += length }
      return ImageBytes(bytes: bytes).bigEndian(position, length)
    }
  }

  /// Leaves blanks and comments behind.
  private mutating func skipBlanks() {
    while position < bytes.count {
      if bytes[position] == 0x23 {
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      } else if bytes[position] == 0x20 || 0x09...0x0D ~= bytes[position] {
        position += 1
      } else {
        return
      }
    }
  }

  /// The next bit of a bitmap as text, which needs no blank behind it.
  private mutating func digit() -> Int? {
    skipBlanks()
    guard position < bytes.count, 0x30...0x31 ~= bytes[position] else { return nil }
    position += 1
    return Int(bytes[position - 1]) - 0x30
  }

  /// The next number of at most nine digits.
  private mutating func number() -> Int? {
    skipBlanks()
    let start = position
    var value = 0
    while position < bytes.count, position < start + 9, 0x30...0x39 ~= bytes[position] {
      value = 10 * value + Int(bytes[position]) - 0x30
      position += 1
    }
    return position > start ? value : nil
  }
}
