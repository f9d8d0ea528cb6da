import Glibc
import Testing

@testable import Reports

@Suite("Contrast of the HTML report")
struct HTMLPaletteTests {
  @Test("Text reaches 4.5 : 1 on its ground", arguments: HTMLPalette.light + HTMLPalette.dark)
  func contrast(_ pair: HTMLPalette.Pair) throws {
    #expect(try ratio(pair.ink, pair.ground) >= 4.5, "\(pair.name)")
  }

  @Test("Status colours and links reach it on the page too")
  func contrastOnPage() throws {
    for palette in [HTMLPalette.light, HTMLPalette.dark] {
      let page = try #require(palette.first { $0.name == "page" })
      for pair in palette where !pair.name.hasPrefix("band") {
        #expect(try ratio(pair.ink, page.ground) >= 4.5, "\(pair.name)")
      }
    }
  }

  @Test("The formula finds a pair that is too faint")
  func tooFaint() throws {
    #expect(try ratio("#777777", "#ffffff") < 4.5)
    #expect(try abs(ratio("#000000", "#ffffff") - 21) < 1e-9)
  }

  /// WCAG 2.2, "contrast ratio": (L1 + 0.05) / (L2 + 0.05) of the relative luminances.
  private func ratio(_ a: String, _ b: String) throws -> Double {
    let (first, second) = (try luminance(a), try luminance(b))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  private func luminance(_ colour: String) throws -> Double {
    let code = try #require(Int(colour.dropFirst(), radix: 16))
    let channels = [code >> 16, code >> 8 & 255, code & 255].map { value -> Double in
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }
}
