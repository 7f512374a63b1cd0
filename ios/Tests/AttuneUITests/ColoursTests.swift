import Foundation
import Testing

@testable import AttuneUI

/// Contrast, worked out for every text on every ground that it may lie on.
@Suite struct ColoursTests {
  // Holds: 91
  @Test func everyTextIsReadOnEveryGroundInEveryScheme() {
    for scheme in Scheme.allCases {
      for pair in Colours.of(scheme).pairs {
        let contrast = contrast(pair.text, pair.ground)
        #expect(contrast >= 4.5, "\(scheme), \(pair.name): \(contrast)")
      }
    }
  }

  @Test func moreContrastIsMore() {
    for (plain, more) in [(Scheme.light, Scheme.lightContrast), (.dark, .darkContrast)] {
      for (one, other) in zip(Colours.of(plain).pairs, Colours.of(more).pairs) {
        #expect(contrast(other.text, other.ground) > contrast(one.text, one.ground), "\(more), \(one.name)")
      }
    }
  }

  @Test func whatThePhoneIsSetToIsDrawn() {
    #expect(Scheme(.light, .standard) == .light)
    #expect(Scheme(.dark, .standard) == .dark)
    #expect(Scheme(.light, .increased) == .lightContrast)
    #expect(Scheme(.dark, .increased) == .darkContrast)
  }

  /// Nothing alarms: no text and no ground is red.
  @Test func nothingIsRed() {
    for scheme in Scheme.allCases {
      for pair in Colours.of(scheme).pairs {
        for tone in [pair.text, pair.ground] {
          #expect(tone.part(16) <= max(tone.part(8), tone.part(0)) + 0.05, "\(scheme), \(pair.name)")
        }
      }
    }
  }

  /// As WCAG 2 has it.
  private func contrast(_ one: Colours.Tone, _ other: Colours.Tone) -> Double {
    let (dark, light) = (min(luminance(one), luminance(other)), max(luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
  }

  private func luminance(_ tone: Colours.Tone) -> Double {
    let linear = [16, 8, 0].map { shift in
      let part = tone.part(UInt32(shift))
      return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }
}
