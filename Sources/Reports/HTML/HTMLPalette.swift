/// The colours of the HTML report: text on its ground, for light and dark screens.
///
/// Hues follow Okabe and Ito's palette, which colour-blind readers can tell apart (bluish green
/// for passed, vermilion for failed, blue for skipped), darkened or lightened until text reaches
/// a contrast of 4.5 : 1; a test computes it for every pair.
enum HTMLPalette {
  /// A text colour and the ground it stands on, `#rrggbb`.
  struct Pair: Hashable, Sendable {
    let name: String
    let ink: String
    let ground: String
  }

  static let light = [
    Pair(name: "page", ink: "#1a1e23", ground: "#ffffff"),
    Pair(name: "panel", ink: "#1a1e23", ground: "#f5f6f8"),
    Pair(name: "muted", ink: "#525c68", ground: "#f5f6f8"),
    Pair(name: "link", ink: "#00568c", ground: "#ffffff"),
    Pair(name: "pass", ink: "#07402f", ground: "#d3efe4"),
    Pair(name: "fail", ink: "#702900", ground: "#fadfcc"),
    Pair(name: "skip", ink: "#173f63", ground: "#dfecf8"),
    Pair(name: "caution", ink: "#544000", ground: "#fbeec2"),
    Pair(name: "bandpass", ink: "#ffffff", ground: "#00664b"),
    Pair(name: "bandfail", ink: "#ffffff", ground: "#9a3a00"),
    Pair(name: "bandcaution", ink: "#ffffff", ground: "#5c4a00"),
  ]

  static let dark = [
    Pair(name: "page", ink: "#e4e7eb", ground: "#101317"),
    Pair(name: "panel", ink: "#e4e7eb", ground: "#181c22"),
    Pair(name: "muted", ink: "#9ba6b2", ground: "#181c22"),
    Pair(name: "link", ink: "#7fc4f5", ground: "#101317"),
    Pair(name: "pass", ink: "#a9ecd4", ground: "#0b3a2c"),
    Pair(name: "fail", ink: "#ffc8a1", ground: "#4b2006"),
    Pair(name: "skip", ink: "#b4d8f9", ground: "#16304a"),
    Pair(name: "caution", ink: "#fbe193", ground: "#3e3204"),
    Pair(name: "bandpass", ink: "#ffffff", ground: "#00664b"),
    Pair(name: "bandfail", ink: "#ffffff", ground: "#9a3a00"),
    Pair(name: "bandcaution", ink: "#ffffff", ground: "#5c4a00"),
  ]

  /// Lines that separate and bars that measure; never the colour of a text.
  private static let lightMarks = [
    ("rule", "#d3d8de"), ("passmark", "#009e73"), ("failmark", "#d55e00"),
    ("skipmark", "#56a0d6"), ("cautionmark", "#b38600"),
  ]
  private static let darkMarks = [
    ("rule", "#313943"), ("passmark", "#1fb58a"), ("failmark", "#ec7a24"),
    ("skipmark", "#56b4e9"), ("cautionmark", "#d9a90f"),
  ]

  /// The custom properties of the style sheet.
  static let declarations =
    ":root{\(declare(light, lightMarks))}\n"
    + "@media screen and (prefers-color-scheme:dark){:root{\(declare(dark, darkMarks))}}\n"

  private static func declare(_ pairs: [Pair], _ marks: [(String, String)]) -> String {
    let colours = pairs.map { "--\($0.name):\($0.ink);--\($0.name)-ground:\($0.ground)" }
    return (colours + marks.map { "--\($0.0):\($0.1)" }).joined(separator: ";")
  }
}
