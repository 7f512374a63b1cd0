import Attune
import AttuneModel
import SwiftUI

#if canImport(UniformTypeIdentifiers)
  import UniformTypeIdentifiers
#endif

/// *Bring back a copy*, into an empty space.
struct BringBackView: View {
  let state: BringBackState
  let on: @MainActor (BringBackEvent) -> Void
  // Here, where it stays when its row is scrolled away.
  @State var phrase = Secret()
  @State private var isPicking = false
  @State private var wasNotOpened = false

  var body: some View {
    Page(.copyIn) {
      Block {
        Line(.copyInSub)
        RowButton(.copyInPick) {
          wasNotOpened = false
          isPicking = true
        }
        .disabled(state.busy)
        Said(trouble)
      }
      if state.picked != nil { BringBackOpen(state: state, phrase: phrase, on: on) }
    }
    .onDisappear { phrase.wipe() }
    // A copy's name tells nothing, and may have been changed: any file can be one.
    .fileImporter(isPresented: $isPicking, allowedContentTypes: [.item]) { result in
      switch result {
      case .success(let picked): on(.pick(picked))
      case .failure: wasNotOpened = true
      }
    }
  }

  private var trouble: Words? {
    if state.unusable || wasNotOpened { return .copyInBad }
    if state.newer { return .lockNewer }
    return state.full ? .copyInNotEmpty : nil
  }
}

private struct BringBackOpen: View {
  let state: BringBackState
  let phrase: Secret
  let on: @MainActor (BringBackEvent) -> Void
  @State private var isShown = false

  var body: some View {
    Block {
      SecretField(.copyInPassphrase, phrase, isShown: isShown, done: open).disabled(state.busy)
      Said((state.busy ? [.copyInWorking] : []) + (state.wrong ? [.copyPassphraseWrong] : []))
      SwitchLine(.setCodeSee, isOn: $isShown)
      MainButton(.copyIn, action: open).disabled(!isReady)
    }
  }

  private var isReady: Bool { !state.busy && !phrase.isEmpty }

  private func open() {
    if isReady { on(.open(phrase.copy())) }
  }
}
