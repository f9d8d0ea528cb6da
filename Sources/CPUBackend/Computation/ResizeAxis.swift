/// How the elements of one axis of a resized tensor arise from those of the original.
package struct ResizeAxis: Hashable, Sendable {
  /// How a coordinate of the result becomes one of the original.
  package enum Transformation: String, CaseIterable, Sendable {
    case halfPixel = "half_pixel"
    case halfPixelSymmetric = "half_pixel_symmetric"
    case pytorchHalfPixel = "pytorch_half_pixel"
    case alignCorners = "align_corners"
    case asymmetric
    case halfPixelForNearest = "tf_half_pixel_for_nn"
    case cropAndResize = "tf_crop_and_resize"
  }

  /// Elements of the original.
  package let input: Int
  /// Elements of the result.
  package let output: Int
  /// The factor between them; positive and finite.
  package let scale: Double
  /// The exact length of the result, of which `output` is the whole part when it was computed.
  package let exactOutput: Double
  /// The part of the original that `cropAndResize` maps to the result.
  package let region: (start: Double, end: Double)

  package init(
    input: Int, output: Int, scale: Double, exactOutput: Double,
    region: (start: Double, end: Double)
  ) {
    self.input = input
    self.output = output
    self.scale = scale
    self.exactOutput = exactOutput
    self.region = region
  }

  package static func == (a: ResizeAxis, b: ResizeAxis) -> Bool {
    a.input == b.input && a.output == b.output && a.scale == b.scale
      && a.exactOutput == b.exactOutput && a.region == b.region
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(input)
    hasher.combine(output)
    hasher.combine(scale)
  }

  /// The coordinate in the original of an element of the result; may be infinite or NaN when the
  /// region is.
  package func coordinate(_ position: Int, _ transformation: Transformation) -> Double {
    let x = Double(position)
    let last = Double(input - 1)
    switch transformation {
    case .halfPixel: return (x + 0.5) / scale - 0.5
    case .halfPixelSymmetric:
      // The centre of the original meets the centre of the result's whole elements.
      let offset = Double(input) / 2 * (1 - Double(output) / exactOutput)
      return offset + (x + 0.5) / scale - 0.5
    case .pytorchHalfPixel: return output > 1 ? (x + 0.5) / scale - 0.5 : 0
    case .alignCorners: return output > 1 ? x * last / (exactOutput - 1) : 0
    case .asymmetric: return x / scale
    case .halfPixelForNearest: return (x + 0.5) / scale
    case .cropAndResize:
      let (start, end) = region
      guard output > 1 else { return 0.5 * (start + end) * last }
      return start * last + x * (end - start) * last / (exactOutput - 1)
    }
  }

  /// Whether the axis of the result is the original's.
  package func isIdentity(_ transformation: Transformation) -> Bool {
    guard input == output, scale == 1 else { return false }
    switch transformation {
    case .cropAndResize: return region.start == 0 && region.end == 1
    case .halfPixelForNearest: return false
    default: return true
    }
  }
}
