import Tensors

/// The pixels of a picture from the bytes of its file.
///
/// PNG through libpng, BMP without compression, PBM, PGM and PPM. What cannot be decoded is empty.
/// Greys weigh red, green and blue by 0.299, 0.587 and 0.114; transparency is dropped.
enum ImageDecoderKernel: OperatorKernel {
  static let name = "ImageDecoder"
  static let versions = [20]

  static func check(_ declaration: Declaration) throws(KernelError) {
    _ = try format(declaration.attributes)
  }

  private static func format(_ attributes: Attributes) throws(KernelError) -> String {
    try attributes.choice("pixel_format", of: ["RGB", "BGR", "Grayscale"], default: "RGB")
  }

  static func run(_ call: Call) throws(KernelError) -> [Value] {
    let format = try format(call.attributes)
    let channels = format == "Grayscale" ? 1 : 3
    guard let picture = try Picture.decode(try call.tensor(0).bytes) else {
      return [.tensor(try .of(.u8, [0, 0, channels], [UInt8]()))]
    }
    let shape = [picture.height, picture.width, channels]
    let samples = picture.samples
    let pixels = 0..<samples.count / 3
    switch format {
    case "BGR":
      return [.tensor(try .of(.u8, shape, samples.indices.map { samples[$0 + 2 - 2 * ($0 % 3)] }))]
    case "Grayscale":
      return [
        .tensor(
          try .of(
            .u8, shape,
            pixels.map { grey(samples[3 * $0], samples[3 * $0 + 1], samples[3 * $0 + 2]) }))
      ]
    default: return [.tensor(try .of(.u8, shape, samples))]
    }
  }

  private static func grey(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let colours = 299 * Int(red) + 587 * Int(green)
    return UInt8((colours + 114 * Int(blue) + 500) / 1000)
  }
}
