import AttuneModel
import SwiftUI

/// *Get help now*: who can be called, on the phone, without a network.
struct HelpView: View {
  let state: HelpState
  let on: @MainActor (HelpEvent) -> Void

  var body: some View {
    Page(.safetyListTitle) {
      HelpList(state: state, none: .safetyFallback, on: on)
      Block { Item(.seriousLine, .seriousSub) { on(.serious) } }
    }
  }
}

/// *Was it more than a mistake?*: people outside of the clinic.
struct SeriousView: View {
  let state: HelpState
  let on: @MainActor (HelpEvent) -> Void

  var body: some View {
    Page(.seriousLine) {
      Block { Line(.seriousList) }
      HelpList(state: state, none: .seriousFallback, on: on)
    }
  }
}

/// Somebody else to see, where no front desk is linked.
struct OutsideView: View {
  let state: HelpState
  let on: @MainActor (HelpEvent) -> Void

  var body: some View {
    Page(.outsideTitle) {
      Block {
        Line(.outsideClinic)
        Sub(.outsideSub)
      }
      HelpList(
        state: state,
        none: state.country.isEmpty ? .helpNoneHere : .outsideNone(place: Country.inSentence(state.country)),
        on: on)
    }
  }
}
