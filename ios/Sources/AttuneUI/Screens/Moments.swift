import AttuneModel
import SwiftUI

/// Every moment, newest first.
struct MomentsView: View {
  let state: MomentsState
  let on: @MainActor (MomentsEvent) -> Void

  var body: some View {
    Page(.homeMoments) {
      Block {
        if state.read, state.moments.isEmpty { Line(.homeEmpty) }
        ForEach(state.moments) { line in
          MomentItem(line: line) { on(.open(line.moment.id)) }
        }
        if state.older { RowButton(.markMore) { on(.older) } }
      }
      if !state.moments.isEmpty {
        Block {
          AskingButton(.markEraseAll, ask: .momentEraseAllAsk, yes: .buttonWipe) { on(.eraseAll) }
        }
      }
    }
  }
}
