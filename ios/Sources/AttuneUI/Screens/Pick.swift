import Attune
import AttuneModel
import SwiftUI

/// What would help now. Every option looks like every other, and none is picked beforehand.
struct PickView: View {
  let state: PickState
  let on: @MainActor (PickEvent) -> Void

  var body: some View {
    Page(nil) {
      if state.saved {
        Block {
          Said([.markSaved], subs: [.markSavedNext], isNews: true)
          RowButton(.markUndo) { on(.undo) }.accessibilityIdentifier("undo")
          RowButton(.markWords) { on(.words) }
        }
      }
      Title(state.changes ? .pickChange : .pickTitle).bare()
      Block {
        Sub(state.changes ? .pickChangeLine : .pickSub)
        ForEach(state.offers, id: \.self) { offer in
          OfferItem(offer: offer, isNamed: several.contains(offer.option)) { on(.pick(offer)) }
        }
      }
      if state.alone {
        Block {
          Sub(.pickLinkFirst)
          RowButton(.homeLink) { on(.join) }
        }
      }
      if state.hasMoment, !state.saved {
        Block { RowButton(.markWords) { on(.words) } }
      }
    }
  }

  /// What more than one of them offers: the name tells them apart.
  private var several: Set<RepairOption> {
    Set(Dictionary(grouping: state.offers, by: \.option).filter { $0.value.count > 1 }.keys)
  }
}

private struct OfferItem: View {
  let offer: Offer
  let isNamed: Bool
  let action: @MainActor () -> Void

  var body: some View {
    Item(
      offer.option.title, offer.option.sub(linked: offer.practice != nil),
      more: isNamed ? offer.recipient.map { .previewToName(name: $0) } : nil, action: action
    )
    .accessibilityIdentifier("pick-\(offer.option)")
  }
}
