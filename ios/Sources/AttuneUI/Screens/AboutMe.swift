import Attune
import AttuneModel
import SwiftUI

/// About me, in my own words, for one practice: what is typed, and below it exactly what they will read.
struct AboutMeView: View {
  @Environment(\.frame) private var frame
  let state: AboutMeState
  let on: @MainActor (AboutMeEvent) -> Void

  var body: some View {
    if frame.covers {
      CoveredPage(.aboutTitle)
    } else if let practice = state.practice {
      Page(.aboutTitle) {
        Block {
          Line(.aboutSub)
          if let waits = waitsFor(practice) { Line(waits) }
          Said(state.shared?.waits == true ? .aboutWaits : nil)
          WordsField(.aboutBox, text: Binding(get: { state.text }, set: { on(.text($0)) }), lines: 4)
        }
        if isNew {
          Part(.aboutPreview) {
            Sub(.previewToName(name: practice.title.text))
            Line(.own(state.text))
          }
        }
        Block {
          Said(isShared && !isNew ? .aboutChosen : nil)
          Sub(.aboutTakeBack)
          // The words in the box go with it.
          if state.shared != nil {
            AskingButton(.takebackButton, ask: .aboutTakeBackAsk, yes: .takebackButton) { on(.takeBack) }
          }
        }
      } first: {
        if !state.compared {
          MainButton(.peopleMatch) { on(.compare) }
        } else if isNew || state.shared == nil {
          // What is shared already needs no button.
          ShareButton(.aboutShare, of: state.text) { on(.share) }.disabled(!isNew || practice.aboutWaitsFor != nil)
        }
      }
    } else {
      Page(nil) {}
    }
  }

  /// It is on its way, or there.
  private var isShared: Bool { state.shared?.waits == false }

  /// There are words, and they are not what was shared.
  private var isNew: Bool {
    if state.text.allSatisfy(\.isWhitespace) { return false }
    guard let shared = state.shared else { return true }
    return shared.waits || shared.text != state.text
  }

  private func waitsFor(_ practice: Practice) -> Words? {
    if !state.compared { return .aboutMatchFirst }
    return switch practice.aboutWaitsFor {
    case .firstSync: .aboutNotYet
    case .newerApp: .aboutOld
    case .link, .comparison, nil: nil
    }
  }
}
