import SwiftUI

/// Which colours are drawn, as the phone is set.
enum Scheme: CaseIterable, Sendable {
  case light, dark, lightContrast, darkContrast

  init(_ scheme: ColorScheme, _ contrast: ColorSchemeContrast) {
    switch (scheme, contrast) {
    case (.dark, .increased): self = .darkContrast
    case (.dark, _): self = .dark
    case (_, .increased): self = .lightContrast
    default: self = .light
    }
  }
}

/// The colours of one scheme. Every pair of a text's colour and the ground behind it is at least 4.5 to 1, which a test
/// works out. There is no red: nothing here is alarming, and what did not work is said in words.
struct Colours: Equatable, Sendable {
  /// One colour, as `0xRRGGBB`.
  struct Tone: Equatable, Sendable {
    let hex: UInt32

    /// For a view.
    var color: Color {
      Color(.sRGB, red: part(16), green: part(8), blue: part(0))
    }

    /// From 0 to 1.
    func part(_ shift: UInt32) -> Double { Double((hex >> shift) & 0xFF) / 255 }
  }

  /// Behind everything.
  let ground: Tone
  /// Behind what can be opened and what belongs together.
  let raised: Tone
  /// Texts.
  let text: Tone
  /// A line that explains another.
  let second: Tone
  /// What can be pressed, and the ground of the one main button.
  let press: Tone
  /// On the main button.
  let onPress: Tone
  /// The ground of the line that is said.
  let notice: Tone
  /// On it.
  let onNotice: Tone

  /// Those of a scheme.
  static func of(_ scheme: Scheme) -> Colours {
    switch scheme {
    case .light:
      made(ground: 0xF1EFE9, raised: 0xFFFFFF, text: 0x1E2A28, second: 0x4B5856, press: 0x1F5C56, on: 0xFFFFFF)
    case .dark:
      made(ground: 0x141918, raised: 0x1F2524, text: 0xE5E9E7, second: 0xB9C3C0, press: 0x94D2C7, on: 0x0B2B28)
    case .lightContrast:
      made(ground: 0xF2F2F2, raised: 0xFFFFFF, text: 0x000000, second: 0x1E2625, press: 0x00332F, on: 0xFFFFFF)
    case .darkContrast:
      made(ground: 0x000000, raised: 0x101313, text: 0xFFFFFF, second: 0xE6ECEA, press: 0xB6F0E5, on: 0x000000)
    }
  }

  /// Every text on every ground that it may lie on, by name.
  var pairs: [(name: String, text: Tone, ground: Tone)] {
    [("ground", ground), ("raised", raised)].flatMap { name, under in
      [("text on \(name)", text, under), ("second on \(name)", second, under), ("press on \(name)", press, under)]
    } + [("main button", onPress, press), ("notice", onNotice, notice)]
  }

  private static func made(
    ground: UInt32, raised: UInt32, text: UInt32, second: UInt32, press: UInt32, on: UInt32
  ) -> Colours {
    Colours(
      ground: Tone(hex: ground), raised: Tone(hex: raised), text: Tone(hex: text), second: Tone(hex: second),
      press: Tone(hex: press), onPress: Tone(hex: on), notice: Tone(hex: text), onNotice: Tone(hex: ground))
  }
}

private struct ColoursKey: EnvironmentKey {
  static let defaultValue = Colours.of(.light)
}

extension EnvironmentValues {
  /// What is drawn with.
  var colours: Colours {
    get { self[ColoursKey.self] }
    set { self[ColoursKey.self] = newValue }
  }
}

/// Gives everything in it the colours that the phone is set to.
struct Themed: ViewModifier {
  @Environment(\.colorScheme) private var scheme
  @Environment(\.colorSchemeContrast) private var contrast

  func body(content: Content) -> some View {
    let colours = Colours.of(Scheme(scheme, contrast))
    content
      .environment(\.colours, colours)
      .tint(colours.press.color)
  }
}
