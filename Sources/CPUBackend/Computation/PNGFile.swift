import CPNG
import CZlib

extension Picture {
  /// The picture of a PNG file, decoded by libpng; what is transparent keeps the colour behind it.
  ///
  /// libpng stops reading with the last row, so that the chunks are checked before.
  static func pictureOfPNG(_ file: [UInt8]) throws(KernelError) -> Picture? {
    guard hasSoundChunks(file) else { return nil }
    var image = png_image()
    image.version = assay_png_version
    guard png_image_begin_read_from_memory(&image, file, file.count) != 0 else { return nil }
    defer { png_image_free(&image) }
    image.format = assay_png_rgba
    image.flags |= assay_png_linear_as_srgb
    let (width, height) = (Int(image.width), Int(image.height))
    // A bit a pixel at least, compressed as well as can be.
    guard width > 0, height <= file.count * greatestRatio * 8 / width else { return nil }
    let count = try count(width, height)
    var pixels = [UInt8](repeating: 0, count: 4 * count)
    guard png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 else { return nil }
    var samples: [UInt8] = []
    samples.reserveCapacity(3 * count)
    for pixel in 0..<count { samples += pixels[4 * pixel..<4 * pixel + 3] }
    return Picture(width: width, height: height, samples: samples)
  }

  /// Whether every chunk that a decoder needs has its checksum, up to the one that ends the file.
  private static func hasSoundChunks(_ file: [UInt8]) -> Bool {
    func word(_ start: Int) -> Int { file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    var position = 8
    while position + 12 <= file.count {
      let length = word(position)
      guard length <= file.count - position - 12 else { return false }
      let sum = file.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { crc32(0, $0 + position + 4, uInt(length + 4)) } ?? 0
      }
      let isNeeded = file[position + 4] & 0x20 == 0
      guard !isNeeded || Int(sum) == word(position + 8 + length) else { return false }
      if file[position + 4..<position + 8].elementsEqual("IEND".utf8) { return true }
      position += 12 + length
    }
    return false
  }
}
