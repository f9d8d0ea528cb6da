/// A decoded picture: red, green and blue of each pixel, row by row from the top.
struct Picture {
  let width: Int
  let height: Int
  var samples: [UInt8]

  /// Bytes of the file that a compressed pixel needs at least: deflate makes at most 1032 of one.
  static let greatestRatio = 1032

  /// - Throws: `outOfMemory` for more pixels than a tensor may have.
  static func count(_ width: Int, _ height: Int) throws(KernelError) -> Int {
    try Allocation.count(of: [height, width, 4], type: .u8) / 4
  }

  /// The picture in a file; nil where the bytes are none that can be decoded.
  ///
  /// - Throws: `unsupported` for a known format that is not decoded.
  static func decode(_ file: [UInt8]) throws(KernelError) -> Picture? {
    if file.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return try pictureOfPNG(file) }
    if file.starts(with: Array("BM".utf8)) { return try BitmapFile(file)?.picture() }
    if file.count > 2, file[0] == UInt8(ascii: "P") {
      if (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(file[1]) {
        var reader = NetpbmReader(file)
        return try reader.picture()
      }
      if [UInt8(ascii: "7"), UInt8(ascii: "F"), UInt8(ascii: "f")].contains(file[1]) {
        throw .unsupported(.construct, "PAM and PFM files are not decoded")
      }
    }
    let known: [(String, [UInt8])] = [
      ("JPEG", [0xFF, 0xD8, 0xFF]), ("JPEG 2000", [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20]),
      ("JPEG 2000", [0xFF, 0x4F, 0xFF, 0x51]), ("TIFF", Array("II*\0".utf8)),
      ("TIFF", Array("MM\0*".utf8)), ("WebP", Array("RIFF".utf8)),
    ]
    for (name, start) in known where file.starts(with: start) {
      throw .unsupported(.construct, "\(name) files are not decoded")
    }
    return nil
  }

  /// Rounds a sample between zero and `most` to eight bits.
  static func byte(_ sample: Int, of most: Int) -> UInt8 {
    UInt8(clamping: (sample * 510 + most) / (2 * most))
  }
}
