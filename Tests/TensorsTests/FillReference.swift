/// Values of the streams of the key in `FillTests`, computed by an independent program.
enum FillReference {
  static let normal: [Double] = [
    -0x1.0f179ff186dd1p-5, -0x1.b8d007fbb46c6p+0, 0x1.07d3f8777e42ap-2,
  ]
  static let uniform: [Double] = [
    0x1.e5968d9148120p-1, -0x1.9f5a388b359a0p-1, 0x1.c836fb8173cbcp-2,
  ]
  static let integers: [Int128] = [95, -82, 45, -48, -63]
  static let permutation: [Int128] = [2, 3, 5, 6, 1, 4, 0, 7]
}
