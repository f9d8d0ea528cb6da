/// Reads PBM, PGM and PPM files, as text and in binary.
struct NetpbmReader {
  private var rest: ArraySlice<UInt8>
  private let digit: UInt8

  /// Takes a file of at least two bytes, "P" and a digit from 1 to 6.
  init(_ file: [UInt8]) {
    digit = file[1]
    rest = file[2...]
  }

  private var isText: Bool { digit <= UInt8(ascii: "3") }
  private var isBitmap: Bool { [UInt8(ascii: "1"), UInt8(ascii: "4")].contains(digit) }
  private var channels: Int {
    [UInt8(ascii: "3"), UInt8(ascii: "6")].contains(digit) ? 3 : 1
  }

  /// nil where numbers or samples are missing or too large.
  mutating func picture() throws(KernelError) -> Picture? {
    guard let width = number(), let height = number(), width > 0, height > 0 else { return nil }
    guard let most = isBitmap ? 1 : number(), most > 0, most < 1 << 16 else { return nil }
    if !isText { rest = rest.dropFirst() }
    // Text needs a byte for each sample, a bitmap in binary a bit.
    guard width * height / 8 <= rest.count else { return nil }
    _ = try Picture.count(width, height)
    var picture = Picture(width: width, height: height, samples: [])
    for _ in 0..<height {
      guard let row = row(width, most) else { return nil }
      for pixel in 0..<width {
        for channel in 0..<3 {
          let sample = row[channels == 3 ? 3 * pixel + channel : pixel]
          guard sample <= most else { return nil }
          picture.samples.append(Picture.byte(isBitmap ? 1 - sample : sample, of: most))
        }
      }
    }
    return picture
  }

  private mutating func row(_ width: Int, _ most: Int) -> [Int]? {
    var samples: [Int] = []
    if isText {
      for _ in 0..<width * channels {
        guard let sample = isBitmap ? bit() : number() else { return nil }
        samples.append(sample)
      }
      return samples
    }
    let size = isBitmap ? (width + 7) / 8 : width * channels * (most > 255 ? 2 : 1)
    guard rest.count >= size else { return nil }
    let bytes = Array(rest.prefix(size))
    rest = rest.dropFirst(size)
    if isBitmap { return (0..<width).map { Int(bytes[$0 / 8] >> UInt8(7 - $0 % 8) & 1) } }
    guard most > 255 else { return bytes.map { Int($0) } }
    return stride(from: 0, to: size, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
  }

  /// Drops blanks, and comments up to the end of their line.
  private mutating func skip() {
    while let byte = rest.first {
      if byte == UInt8(ascii: "#") {
        rest = rest.drop { $0 != UInt8(ascii: "\n") }
      } else if byte == UInt8(ascii: " ") || (9...13).contains(byte) {
        rest = rest.dropFirst()
      } else {
        return
      }
    }
  }

  private mutating func number() -> Int? {
    skip()
    let digits = rest.prefix(9).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits.isEmpty ? nil : digits.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
  }

  private mutating func bit() -> Int? {
    skip()
    guard let byte = rest.popFirst(), byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1")
    else { return nil }
    return Int(byte - UInt8(ascii: "0"))
  }
}
