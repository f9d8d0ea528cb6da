import Tensors

/// A picture from the bytes of its file.
///
/// - (C1) The output is height × width × channels, rows from the top.
/// - (C2) `pixel_format` is RGB, BGR, or Grayscale with one channel.
/// - (C3) What cannot be decoded gives an empty matrix; the text does not say of which shape.
/// - PNG, BMP without compression, and PBM, PGM and PPM are evaluated, other formats are not
///   (decision 0026).
/// - Open: transparent pixels; samples that are no whole eight bits; greys of colours, for which
///   the text has no weights.
/// - Source: onnx/onnx docs/Operators.md, ImageDecoder.
enum ImageDecoderEvaluator: Evaluator {
  static let name = "ImageDecoder"

  static func evaluate(_ call: Call) throws(EvaluationError) -> [Outcome] {
    let stream = try call.tensor(0)
    let format = try call.string("pixel_format", default: "RGB")
    guard ["RGB", "BGR", "Grayscale"].contains(format) else {
      throw .invalid("ImageDecoder knows no pixel format \"\(format)\"")
    }
    let file = ImageBytes(bytes: try stream.integers().map { UInt8(truncatingIfNeeded: $0) })
    let channels = format == "Grayscale" ? 1 : 3
    guard let image = try decoded(file) else { return [empty(channels)] }
    let samples = image.pixels.flatMap { pixel -> [UInt8] in
      switch format {
      case "BGR": [pixel.blue, pixel.green, pixel.red]
      case "Grayscale": [pixel.red]
      default: [pixel.red, pixel.green, pixel.blue]
      }
    }
    let isOpen = image.pixels.flatMap { pixel in
      [Bool](repeating: pixel.isOpen || channels == 1 && !pixel.isGrey, count: channels)
    }
    var outcome = Outcome.exact(
      ExactTensor(
        .u8, [image.height, image.width, channels], integers: samples.map { Int128($0) }))
    outcome.undefined = OpenElements.mask(isOpen)
    return [outcome]
  }

  private static func empty(_ channels: Int) -> Outcome {
    let shapes = [[0, 0, channels], [0, 0, 0], [0, 0], [0]] as [Shape]
    var outcome = Outcome.exact(ExactTensor(.u8, shapes[0], integers: []))
    outcome.alternatives = shapes.dropFirst().map { .tensor(ExactTensor(.u8, $0, integers: [])) }
    return outcome
  }

  /// The beginnings of files in formats that are not evaluated.
  private static let others: [(name: String, start: [UInt8])] = [
    ("JPEG", [0xFF, 0xD8, 0xFF]), ("JPEG 2000", [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20]),
    ("JPEG 2000", [0xFF, 0x4F, 0xFF, 0x51]), ("TIFF", [0x49, 0x49, 42, 0]),
    ("TIFF", [0x4D, 0x4D, 0, 42]), ("WebP", [0x52, 0x49, 0x46, 0x46]), ("PAM", [0x50, 0x37]),
    ("PFM", [0x50, 0x46]), ("PFM", [0x50, 0x66]),
  ]

  /// The picture, nil where the bytes hold none.
  private static func decoded(_ file: ImageBytes) throws(EvaluationError) -> DecodedImage? {
    if PNGImage.recognises(file) { return try PNGImage.read(file) }
    if BitmapImage.recognises(file) { return try BitmapImage.read(file) }
    if PortableImage.recognises(file) { return try PortableImage.read(file) }
    if let other = others.first(where: { file.bytes.starts(with: $0.start) }) {
      throw .unsupported("ImageDecoder of \(other.name)")
    }
    return nil
  }
}
