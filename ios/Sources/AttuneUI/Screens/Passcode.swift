import Attune
import AttuneModel
import SwiftUI

/// The code that opening asks for: typed twice, covered unless the person wants to see it.
struct PasscodeView: View {
  let state: PasscodeState
  let on: @MainActor (PasscodeEvent) -> Void
  @State var code = Secret()
  @State var again = Secret()
  @FocusState private var isInAgain: Bool
  @State private var isShown = false
  @State private var finger = false

  var body: some View {
    Page(state.hasCode ? .setCodeChange : .setCode) {
      if state.read {
        Block {
          Line(.setCodeSub)
          Line(.setCodeForgot)
        }
        Block {
          SecretField(.lockCodeNew, code, isShown: isShown, isLast: false) { isInAgain = true }
          SecretField(.lockCodeAgain, again, isShown: isShown, focus: $isInAgain, done: set)
          Said((state.differs ? [.lockCodeDiffers] : []) + (state.busy ? [.waitLine] : []))
          SwitchLine(.setCodeSee, isOn: $isShown)
        }
        .disabled(state.busy)
        if state.canFinger {
          Block { SwitchLine(.setTouch, .setTouchSub, isOn: $finger) }
        }
        if state.hasCode {
          Block {
            AskingButton(.setCodeOff, ask: .setCodeOffAsk, yes: .setCodeOff) { on(.remove) }
          }
          .disabled(state.busy)
        }
      }
    } first: {
      MainButton(.buttonSave, action: set).disabled(!isReady)
    }
    .onDisappear {
      code.wipe()
      again.wipe()
    }
  }

  private var isReady: Bool { !state.busy && !code.isEmpty && !again.isEmpty }

  private func set() {
    if isReady { on(.set(code.copy(), again: again.copy(), finger: finger && state.canFinger)) }
  }
}
