import Tensors
import Testing

@Suite("Faults in maps")
struct MapFaultTests {
  private static func model() throws -> TinyModel {
    try TinyModel(
      "g (float[2,3] X) => (seq(map(int64, float[])) Z) "
        + "{ Z = ai.onnx.ml.ZipMap<classlabels_int64s = [5, 6, 9]>(X) }",
      [floats([1, 2, 3, 4, 5, 6], [2, 3])])
  }

  /// Keys and values of the maps that a fault gives.
  private static func maps(_ name: String) throws -> [[Int128: Double]] {
    let values = try #require(try model().wrong(try fault(name)))
    guard case .sequence(let maps, _)? = values.first else { return [] }
    return try maps.map { map in
      guard case .map(let keys, let values, _) = map else { return [:] }
      let numbers = try values.map { try #require($0.tensor?.doubles?.first) }
      return Dictionary(uniqueKeysWithValues: zip(try #require(keys.integers), numbers))
    }
  }

  @Test("Keys are dropped, changed, added and rotated in every map")
  func keys() throws {
    #expect(try Self.maps("key-dropped") == [[5: 1, 6: 2], [5: 4, 6: 5]])
    #expect(try Self.maps("key-changed") == [[7: 1, 6: 2, 9: 3], [7: 4, 6: 5, 9: 6]])
    #expect(
      try Self.maps("key-added") == [[5: 1, 6: 2, 9: 3, 7: 1], [5: 4, 6: 5, 9: 6, 7: 4]])
    #expect(try Self.maps("keys-rotated") == [[6: 1, 9: 2, 5: 3], [6: 4, 9: 5, 5: 6]])
  }

  @Test("Faults on tensors see the values of a map as one tensor")
  func values() throws {
    #expect(try Self.maps("swapped-rows") == [[5: 3, 6: 2, 9: 1], [5: 6, 6: 5, 9: 4]])
    #expect(try Self.maps("sign-flip-one") == [[5: 1, 6: -2, 9: 3], [5: 4, 6: -5, 9: 6]])
  }

  @Test("A model without maps is left alone")
  func tensors() throws {
    let model = try TinyModel(
      "g (float[1] X) => (float[1] Y) { Y = Exp(X) }", [floats([0])])
    #expect(try model.wrong(try fault("key-dropped")) == nil)
  }
}
