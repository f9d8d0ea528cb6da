import CZlib

/// Reads PNG files: every colour type, depth and filter, interlaced or not.
///
/// Gamma and colour profiles are left alone. Source: ISO/IEC 15948, Portable Network Graphics.
struct PNGImage {
  private static let signature: [UInt8] = [137, 80, 78, 71, 13, 10, 26, 10]

  private var width = 0
  private var height = 0
  private var depth = 0
  private var colours = Colours.grey
  private var isInterlaced = false
  private var palette: [[Int]] = []
  private var transparency: [UInt8] = []
  private var compressed: [UInt8] = []

  private enum Colours: Int {
    case grey = 0
    case colour = 2
    case palette = 3
    case greyWithAlpha = 4
    case colourWithAlpha = 6

    var samples: Int {
      switch self {
      case .grey, .palette: 1
      case .colour: 3
      case .greyWithAlpha: 2
      case .colourWithAlpha: 4
      }
    }

    var depths: [Int] {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .colour, .greyWithAlpha, .colourWithAlpha: [8, 16]
      }
    }
  }

  static func recognises(_ file: ImageBytes) -> Bool { file.bytes.starts(with: signature) }

  /// The picture, nil where the file is corrupt.
  static func read(_ file: ImageBytes) throws(EvaluationError) -> DecodedImage? {
    var png = PNGImage()
    guard png.readChunks(file), png.isPlausible,
      var image = try DecodedImage(width: png.width, height: png.height), let rows = png.inflated()
    else { return nil }
    return png.fill(&image, rows) ? image : nil
  }

  /// Collects what the chunks say; false for a file whose chunks are damaged or out of order.
  private mutating func readChunks(_ file: ImageBytes) -> Bool {
    var position = Self.signature.count
    var isFirst = true
    while let length = file.bigEndian(position, 4), length <= file.bytes.count,
      let check = file.bigEndian(position + 8 + length, 4)
    {
      let name = String(decoding: file.bytes[position + 4..<position + 8], as: UTF8.self)
      let content = Array(file.bytes[position + 8..<position + 8 + length])
      let isCritical = file.bytes[position + 4] & 0x20 == 0
      let isSound = Self.checksum(file.bytes[position + 4..<position + 8 + length]) == check
      position += 12 + length
      guard isSound || !isCritical, isFirst == (name == "IHDR") else { return false }
      isFirst = false
      switch name {
      case "IHDR": guard readHeader(ImageBytes(bytes: content)) else { return false }
      case "PLTE":
        guard content.count % 3 == 0, 1...256 ~= content.count / 3 else { return false }
        palette = stride(from: 0, to: content.count, by: 3).map {
          content[$0..<$0 + 3].map { Int($0) }
        }
      case "tRNS": transparency = content
      case "IDAT": compressed += content
      case "IEND": return !compressed.isEmpty && (colours != .palette || !palette.isEmpty)
      default: guard !isCritical else { return false }
      }
    }
    return false
  }

  private mutating func readHeader(_ header: ImageBytes) -> Bool {
    guard header.bytes.count == 13, let width = header.bigEndian(0, 4),
      let height = header.bigEndian(4, 4), let colours = Colours(rawValue: Int(header.bytes[9])),
      colours.depths.contains(Int(header.bytes[8])), header.bytes[10] == 0, header.bytes[11] == 0,
      header.bytes[12] <= 1
    else { return false }
    (self.width, self.height, self.colours) = (width, height, colours)
    (depth, isInterlaced) = (Int(header.bytes[8]), header.bytes[12] == 1)
    return true
  }

  /// The polynomial division of ISO/IEC 15948, annex D, bit by bit.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
    var rest: UInt32 = .max
    for byte in bytes {
      rest ^= UInt32(byte)
      for _ in 0..<8 { rest = rest & 1 == 1 ? 0xEDB8_8320 ^ rest >> 1 : rest >> 1 }
    }
    return Int(~rest)
  }

  /// One pass over the picture: every so many rows and columns, from a first one.
  private struct Pass {
    var row: Int
    var column: Int
    var rowStep: Int
    var columnStep: Int
  }

  private var passes: [Pass] {
    guard isInterlaced else { return [Pass(row: 0, column: 0, rowStep: 1, columnStep: 1)] }
    return [
      (0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
      (1, 0, 2, 1),
    ].map { Pass(row: $0.0, column: $0.1, rowStep: $0.2, columnStep: $0.3) }
  }

  private func size(_ pass: Pass) -> (rows: Int, columns: Int, bytes: Int) {
    let rows = (height - pass.row + pass.rowStep - 1) / pass.rowStep
    let columns = (width - pass.column + pass.columnStep - 1) / pass.columnStep
    guard rows > 0, columns > 0 else { return (0, 0, 0) }
    return (rows, columns, (columns * colours.samples * depth + 7) / 8)
  }

  /// Deflate makes at most 1032 bytes of one: a longer picture is not in so short a stream.
  private var isPlausible: Bool {
    let bits = Double(width) * Double(height) * Double(colours.samples * depth)
    return bits <= 8 * 1032 * Double(compressed.count)
  }

  /// The filtered rows of all passes; nil where the stream is damaged or of another length.
  private func inflated() -> [UInt8]? {
    let total = passes.reduce(0) { $0 + size($1).rows * (size($1).bytes + 1) }
    var rows = [UInt8](repeating: 0, count: total)
    var length = uLongf(total)
    let status = uncompress(&rows, &length, compressed, uLong(compressed.count))
    return status == Z_OK && length == total ? rows : nil
  }

  private func fill(_ image: inout DecodedImage, _ filtered: [UInt8]) -> Bool {
    var position = 0
    for pass in passes {
      let (rows, columns, bytes) = size(pass)
      var previous = [UInt8](repeating: 0, count: bytes)
      for row in 0..<rows {
        let line = filtered[position..<position + bytes + 1]
        guard let restored = unfiltered(line, previous) else { return false }
        position += bytes + 1
        previous = restored
        for column in 0..<columns {
          guard let pixel = pixel(previous[...], column) else { return false }
          image[pass.row + row * pass.rowStep, pass.column + column * pass.columnStep] = pixel
        }
      }
    }
    return true
  }

  private func unfiltered(_ line: ArraySlice<UInt8>, _ above: [UInt8]) -> [UInt8]? {
    guard let filter = line.first, filter <= 4 else { return nil }
    let distance = max(1, colours.samples * depth / 8)
    var result: [UInt8] = []
    for (index, byte) in line.dropFirst().enumerated() {
      let left = index >= distance ? Int(result[index - distance]) : 0
      let (up, corner) = (Int(above[index]), index >= distance ? Int(above[index - distance]) : 0)
      let predicted =
        switch filter {
        case 1: left
        case 2: up
        case 3: (left + up) / 2
        case 4: Self.nearest(left, up, corner)
        default: 0
        }
      result.append(byte &+ UInt8(truncatingIfNeeded: predicted))
    }
    return result
  }

  /// Whichever is closest to left + up − corner, the earlier of two.
  private static func nearest(_ left: Int, _ up: Int, _ corner: Int) -> Int {
    let goal = left + up - corner
    return [left, up, corner].min { abs(goal - $0) < abs(goal - $1) } ?? 0
  }

  private func pixel(_ row: ArraySlice<UInt8>, _ column: Int) -> DecodedImage.Pixel? {
    let values = (0..<colours.samples).map { sample -> Int in
      let position = (column * colours.samples + sample) * depth
      guard depth == 16 else { return ImageBytes.bits(row, at: position, depth) }
      return ImageBytes.bits(row, at: position, 8) << 8 | ImageBytes.bits(row, at: position + 8, 8)
    }
    let most = (1 << depth) - 1
    switch colours {
    case .palette:
      guard values[0] < palette.count else { return nil }
      let entry = palette[values[0]]
      var pixel = DecodedImage.pixel(entry[0], entry[1], entry[2], most: 255)
      pixel.isOpen = values[0] < transparency.count && transparency[values[0]] < 255
      return pixel
    case .grey, .greyWithAlpha:
      var pixel = DecodedImage.pixel(values[0], values[0], values[0], most: most)
      if isTransparent(values) { pixel.isOpen = true }
      return pixel
    case .colour, .colourWithAlpha:
      var pixel = DecodedImage.pixel(values[0], values[1], values[2], most: most)
      if isTransparent(values) { pixel.isOpen = true }
      return pixel
    }
  }

  /// Whether alpha, or the colour that stands for none, leaves the pixel to a background.
  private func isTransparent(_ values: [Int]) -> Bool {
    switch colours {
    case .greyWithAlpha, .colourWithAlpha: return values.last != (1 << depth) - 1
    case .grey, .colour:
      guard transparency.count == 2 * values.count else { return false }
      return values.indices.allSatisfy {
        values[$0] == Int(transparency[2 * $0]) << 8 | Int(transparency[2 * $0 + 1])
      }
    case .palette: return false
    }
  }
}
