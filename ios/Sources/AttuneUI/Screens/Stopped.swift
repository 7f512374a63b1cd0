import AttuneModel
import SwiftUI

/// The vault does not open: what is true, and what can be done. Nothing was deleted.
struct StoppedView: View {
  let why: Stop
  let on: @MainActor (AppEvent) -> Void

  var body: some View {
    Page(why.title) {
      Block { Said([why.words], isNews: true) }
      switch why {
      case .later, .newer, .noRoom, .busy: EmptyView()
      case .keyGone, .damaged, .fault:
        Anew(on: on)
        Block { RowButton(.deleteTitle) { on(.go(.deleteAll)) } }
      }
    } first: {
      MainButton(.buttonTryAgain) { on(.tryAgain) }
    }
  }
}

/// The vault is being opened.
struct OpeningView: View {
  var body: some View {
    Page(nil) { Block { Said([.openWorking]) } }
  }
}

/// The two ways on without what is here: both set it aside, wipe nothing, and ask first.
struct Anew: View {
  let on: @MainActor (AppEvent) -> Void

  var body: some View {
    Block {
      Sub(.lockStartOverSub)
      AskingButton(.copyIn, ask: .lockStartOverSub, yes: .copyIn) {
        on(.startOver)
        on(.go(.bringBack))
      }
      AskingButton(.lockStartOver, ask: .openStartOverAsk, yes: .lockStartOver) { on(.startOver) }
    }
  }
}
