import Attune
import AttuneModel
import SwiftUI

/// *Delete all*: what is true, one clear answer, and *Not now*, which looks the same.
struct DeleteAllView: View {
  let state: DeleteAllState
  let on: @MainActor (DeleteAllEvent) -> Void

  var body: some View {
    Page(.deleteAsk) {
      Block {
        Line(.deleteSub)
        Line(.deleteShared)
        Line(.deleteSub2)
        Line(.deleteCopies)
      }
      Block {
        Said((state.busy ? [.waitLine] : []) + (state.failed ? [.deleteLeft] : []))
        RowButton(.deleteYes) { on(.delete) }
        RowButton(.buttonNotNow) { on(.notNow) }
      }
      .disabled(state.busy)
    }
  }
}
