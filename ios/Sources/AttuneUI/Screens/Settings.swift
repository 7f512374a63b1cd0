import Attune
import AttuneModel
import SwiftUI

/// Settings, in the order in which somebody who is afraid of being seen would look for them.
struct SettingsView: View {
  let state: SettingsState
  let on: @MainActor (SettingsEvent) -> Void
  @Environment(\.scenePhase) private var phase

  var body: some View {
    Page(.titleSettings) {
      LockSettings(state: state, on: on)
      OthersSee(state: state, on: on)
      LookSettings(state: state, on: on)
      if state.read { MomentsEnd(days: state.days, on: on) }
      DataSettings(on: on)
      AppSettings()
    }
    .onChange(of: phase) { if phase == .active { on(.inFront) } }
  }
}

private struct LockSettings: View {
  let state: SettingsState
  let on: @MainActor (SettingsEvent) -> Void

  var body: some View {
    Part(.titleLock) {
      Item(state.hasCode ? .setCodeChange : .setCode, .setCodeSub) { on(.open(.passcode)) }
      if state.hasCode, state.canFinger {
        // Turning it on takes the code, which is typed on its own screen.
        SwitchLine(
          .setTouch, .setTouchSub,
          isOn: Binding(get: { state.hasFinger }, set: { on($0 ? .open(.passcode) : .forgetFinger) }))
      } else if state.read {
        Fixed(.setTouch, state.canFinger ? .setTouchNeedsCode : .setTouchNone)
      }
    }
    Part(.setLock) {
      Sub(.setLockSub)
      if state.hasCode { Sub(.setLockPhone) }
      PickList(
        .setLock, AutoLock.allCases.map { ($0, $0.words) },
        picked: Binding(get: { state.settings.autoLock }, set: set))
    }
  }

  private func set(_ lock: AutoLock) { on(.set(state.settings.with { $0.autoLock = lock })) }
}

extension AutoLock {
  /// When it locks.
  fileprivate var words: Words {
    self == .atOnce ? .setLockAtOnce : .setLockMinutes(count: minutes)
  }
}

private struct LookSettings: View {
  let state: SettingsState
  let on: @MainActor (SettingsEvent) -> Void

  var body: some View {
    Part(.setLook) {
      Sub(.setLookSub)
      Sub(.setLookPhone)
      if state.hasCode { Sub(.setLookCode) }
      PickList(
        .setLook, Look.allCases.map { ($0, $0.words) },
        picked: Binding(get: { state.settings.look }, set: set))
    }
  }

  private func set(_ look: Look) { on(.set(state.settings.with { $0.look = look })) }
}

extension Look {
  /// How often.
  fileprivate var words: Words {
    switch self {
    case .twiceADay: .setLookTwice
    case .onceADay: .setLookOnce
    case .whenAsked: .setLookAsked
    }
  }
}

/// For how long moments stay. A shorter time wipes what is older, so it asks.
private struct MomentsEnd: View {
  let days: Int?
  let on: @MainActor (SettingsEvent) -> Void
  @State private var asking: Int?

  var body: some View {
    Part(.setKeep) {
      Sub(.setKeepSub)
      PickList(
        .setKeep, choices.map { ($0, words($0)) }, picked: Binding(get: { days }, set: { pick($0) }))
      if let shorter = asking {
        Question(words(shorter), line: .setKeepAsk, yes: .setKeepYes) {
          asking = nil
          on(.days(shorter))
        } onNo: {
          asking = nil
        }
      }
    }
  }

  /// The usual ones, and the one that is set, the shortest first.
  private var choices: [Int?] {
    let ends = Set([30, 90, 365] + (days.map { [$0] } ?? []))
    return ends.sorted().map(Optional.some) + [nil]
  }

  private func pick(_ some: Int?) {
    let isShorter = some.map { $0 < days ?? .max } ?? false
    asking = isShorter ? some : nil
    if !isShorter, some != days { on(.days(some)) }
  }

  private func words(_ days: Int?) -> Words { days.map { .setKeepDays(count: $0) } ?? .setKeepAlways }
}

private struct DataSettings: View {
  let on: @MainActor (SettingsEvent) -> Void

  var body: some View {
    Part(.setDataTitle) {
      Item(.privacyTitle, nil) { on(.open(.privacy)) }
      Item(.copyTitle, nil) { on(.open(.saveCopy)) }
      Fixed(.copyIn, .setCopyIn)
      Item(.deleteTitle, nil) { on(.open(.deleteAll)) }
    }
  }
}

/// Something that cannot be changed here, and why: it does not look as if it could be pressed.
struct Fixed: View {
  private let title: Words
  private let line: Words

  init(_ title: Words, _ line: Words) {
    self.title = title
    self.line = line
  }

  var body: some View {
    VStack(alignment: .leading, spacing: Size.near) {
      Line(title)
      Sub(line)
    }
    .accessibilityElement(children: .combine)
  }
}
