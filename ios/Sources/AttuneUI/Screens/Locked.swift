import AttuneModel
import SwiftUI

/// The vault is closed: a code, a finger, or one tap opens it.
struct LockedView: View {
  @State var code = Secret()
  @State private var forgot = false
  let state: Stage.Locked
  let on: @MainActor (AppEvent) -> Void

  var body: some View {
    Page(.lockTitle) {
      if state.asksCode {
        Block {
          SecretField(.lockCode, code, isShown: false, done: open).disabled(state.busy).accessibilityIdentifier("code")
          said
        }
        Block {
          if forgot {
            Said([.openCodeForgotLine])
          } else {
            RowButton(.openCodeForgot) { forgot = true }
          }
        }
        if forgot { Anew(on: on) }
      } else {
        Block { said }
      }
    } first: {
      if state.asksCode, state.finger {
        OtherButton(.openTouch) { on(.unlockByFinger) }.disabled(state.busy)
      }
      MainButton(.buttonOpen, action: open).disabled(state.busy).accessibilityIdentifier("open")
    }
    .onDisappear { code.wipe() }
  }

  private var said: some View {
    Said(state.busy ? .waitLine : state.wrong ? .lockCodeWrong : state.fingerGone ? .setTouchChanged : nil)
  }

  private func open() {
    if !state.asksCode {
      on(.unlock(nil))
    } else if !code.isEmpty {
      on(.unlock(code.copy()))
      code.wipe()
    }
  }
}
