import Attune

@testable import AttunePlatform

/// A keychain in memory that can be made to say anything. What it holds outlives the app's folder, as on a phone.
final class StandInKeychain: Keychain {
  /// What it is asked for.
  enum Step: Hashable, Sendable, CaseIterable {
    case add, copy, delete
  }

  private struct State {
    var items: [String: [UInt8]] = [:]
    var access: [String: KeychainItem.Access] = [:]
    var answers: [Step: [KeychainStatus]] = [:]
    var always: [Step: KeychainStatus] = [:]
    var asked: [Step] = []
    var prompts = 0
    var visitor: (@Sendable (Step) -> Void)?
  }

  private let state = Guarded(State())

  /// What it was asked for, in order.
  var asked: [Step] { state.with { $0.asked } }

  /// How often a person would have been asked.
  var prompts: Int { state.with { $0.prompts } }

  /// The items' accounts.
  var accounts: Set<String> { state.with { Set($0.items.keys) } }

  subscript(account: String) -> [UInt8]? {
    get { state.with { $0.items[account] } }
    set { state.with { $0.items[account] = newValue } }
  }

  /// How the item was asked to be kept.
  func access(of account: String) -> KeychainItem.Access? { state.with { $0.access[account] } }

  /// The next answers at `step`; after them it works again.
  func next(_ step: Step, _ answers: KeychainStatus...) {
    state.with { $0.answers[step] = answers }
  }

  /// The answer at `step` from now on.
  func always(_ step: Step, _ answer: KeychainStatus) {
    state.with { $0.always[step] = answer }
  }

  /// All works again.
  func mend() {
    state.with { state in
      state.answers = [:]
      state.always = [:]
    }
  }

  /// Forgets what it was asked.
  func forgetQuestions() {
    state.with { $0.asked = [] }
  }

  /// Called at each question, before it is answered.
  func visit(_ visitor: (@Sendable (Step) -> Void)?) {
    state.with { $0.visitor = visitor }
  }

  func add(_ item: KeychainItem, holding secret: SecretBytes) -> KeychainStatus {
    if let said = said(.add) { return said }
    let bytes = secret.withUnsafeBytes { Array($0) }
    return state.with { state in
      guard state.items[item.account] == nil else { return .duplicateItem }
      state.items[item.account] = bytes
      state.access[item.account] = item.access
      return .success
    }
  }

  func copyMatching(_ item: KeychainItem, asking prompt: (any KeychainPrompt)?) -> KeychainAnswer {
    if prompt != nil { state.with { $0.prompts += 1 } }
    if let said = said(.copy) { return .nothing(said) }
    return state.with { state in
      state.items[item.account].map { .found(SecretBytes($0)) } ?? .nothing(.itemNotFound)
    }
  }

  func delete(_ item: KeychainItem) -> KeychainStatus {
    if let said = said(.delete) { return said }
    return state.with { $0.items.removeValue(forKey: item.account) == nil ? .itemNotFound : .success }
  }

  private func said(_ step: Step) -> KeychainStatus? {
    let visitor = state.with { state in
      state.asked.append(step)
      return state.visitor
    }
    visitor?(step)
    return state.with { state in
      if state.answers[step]?.isEmpty == false { return state.answers[step]?.removeFirst() }
      return state.always[step]
    }
  }
}
