import Spec
import Tensors
import Testing

@Suite("Pictures from the bytes of their files")
struct PictureTests {
  private func decoded(_ file: [UInt8], format: String = "RGB") throws -> SingleCall {
    SingleCall(
      "ImageDecoder", 20, [try .integers(file.map { Int128($0) }, type: .u8)],
      ["pixel_format": .string(format)])
  }

  /// Two pixels in a row, written by hand: red 1 2 3 and 250 251 252.
  private let pixmap = Array("P6 2 1 255\n".utf8) + [1, 2, 3, 250, 251, 252]

  @Test("A pixmap gives its samples in the order of the format")
  func pixmaps() throws {
    let call = try decoded(pixmap)
    #expect(try call.shape() == [1, 2, 3])
    #expect(try call.integers() == [1, 2, 3, 250, 251, 252])
    #expect(try decoded(pixmap, format: "BGR").integers() == [3, 2, 1, 252, 251, 250])
    // The text has no weights for the grey of a colour.
    #expect(try decoded(pixmap, format: "Grayscale").column().undefined == [true, true])
    #expect(try decoded(pixmap, format: "rgb").refusal() == .invalid)
  }

  @Test("A bitmap as text is white where it says 0")
  func bitmaps() throws {
    let file = Array("P1\n# a note\n3 1\n0 10\n".utf8)
    #expect(try decoded(file, format: "Grayscale").integers() == [255, 0, 255])
  }

  /// One pixel of grey 128, written and compressed by Python's zlib.
  private let png: [UInt8] = [
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0,
    0, 0, 0, 58, 126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 218, 99, 104, 0, 0, 0, 130, 0,
    129, 218, 69, 8, 59, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
  ]

  @Test("A PNG file of one grey pixel")
  func pixel() throws {
    #expect(try decoded(png).integers() == [128, 128, 128])
  }

  @Test("A damaged file gives a matrix without elements, whose shape may be one of several")
  func damaged() throws {
    for length in 0..<png.count {
      let call = try decoded(Array(png[..<length]))
      #expect(try call.shape() == [0, 0, 3])
    }
    for position in 16..<33 {
      var file = png
      file[position] ^= 0x10
      #expect(try decoded(file).shape() == [0, 0, 3])
    }
    #expect(try decoded([]).golden().outputs[0].alternatives.count == 4)
  }

  @Test("Formats that are not evaluated are named, not guessed")
  func others() throws {
    #expect(try decoded([0xFF, 0xD8, 0xFF, 0xE0]).refusal() == .unsupported)
    #expect(try decoded(Array("RIFF....WEBP".utf8)).refusal() == .unsupported)
  }
}
