import Attune
import AttuneModel
import SwiftUI

/// *Save a copy*: a locked one first, and one that anybody can read. The phone's own sheet asks where to put it.
struct SaveCopyView: View {
  let state: SaveCopyState
  let on: @MainActor (SaveCopyEvent) -> Void
  @State var phrase = Secret()
  @State var again = Secret()
  @State private var isHanding = false
  @State private var wasNotPut = false

  var body: some View {
    Page(.copyTitle) {
      Block { Said(outcome) }
      LockedCopy(state: state, phrase: phrase, again: again) {
        wasNotPut = false
        on(.sealed(phrase.copy(), again: again.copy()))
      }
      Part(.copyReadable) {
        Line(.copyReadableSub)
        AskingButton(.copyReadableSave, ask: .copyReadableAsk, yes: .copyReadableSave) {
          wasNotPut = false
          on(.readable)
        }
        .disabled(state.busy)
        Sub(.copyElsewhere)
      }
    }
    .onChange(of: state.handing, initial: true) { isHanding = state.handing != nil }
    .onChange(of: state.saved) { if state.saved { wipe() } }
    .onDisappear(perform: wipe)
    .fileMover(isPresented: $isHanding, file: state.handing) { result in
      if case .failure = result { wasNotPut = true }
      if case .success = result { on(.handed(true)) } else { on(.handed(false)) }
    } onCancellation: {
      on(.handed(false))
    }
  }

  private var outcome: Words? {
    if state.busy { return .copyWorking }
    if state.saved { return .copySaved }
    return state.failed || wasNotPut ? .copyNotSaved : nil
  }

  private func wipe() {
    phrase.wipe()
    again.wipe()
  }
}

private struct LockedCopy: View {
  let state: SaveCopyState
  let phrase: Secret
  let again: Secret
  let save: @MainActor () -> Void
  @FocusState private var isInAgain: Bool
  @State private var isShown = false

  var body: some View {
    Part(.copySealed) {
      Line(.copySealedSub)
      Line(.copySealedLost)
      Group {
        SecretField(.copyPassphrase, phrase, isShown: isShown, isLast: false) { isInAgain = true }
        SecretField(.copyPassphraseAgain, again, isShown: isShown, focus: $isInAgain) { if isReady { save() } }
      }
      .disabled(state.busy)
      Said((state.short ? [.copyPassphraseShort] : []) + (state.differs ? [.copyDiffers] : []))
      SwitchLine(.setCodeSee, isOn: $isShown)
      Sub(.copyWhere)
      MainButton(.copySealedSave, action: save).disabled(!isReady)
    }
  }

  private var isReady: Bool { !state.busy && !phrase.isEmpty && !again.isEmpty }
}
