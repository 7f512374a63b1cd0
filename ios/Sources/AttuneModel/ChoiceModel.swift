import Attune

/// The choices.
public struct ChoicesState: Sendable {
  /// Whether the vault was read.
  public var read = false
  /// The newest first.
  public var choices: [Choice] = []

  /// Before the vault was read.
  public init() {}
}

/// What a person does with the list.
public enum ChoicesEvent: Sendable {
  case open(Choice)
}

/// Every choice, newest first.
public final class ChoicesModel: Holder<ChoicesState, ChoicesEvent> {
  init(_ here: Here) {
    super.init(here, ChoicesState())
    watch({ try $0.choices() }) { state, found in
      state.read = true
      state.choices = found
    }
  }

  /// What the person did.
  public override func on(_ event: ChoicesEvent) {
    switch event {
    case .open(let choice): here.go(.choice(choice.caseId))
    }
  }
}

/// A choice and where it stands.
public struct ChoiceState: Sendable {
  /// The choice; none before it was read.
  public var choice: Choice?
  /// Who it went to.
  public var practice: Practice?
  /// The notes on it, newest first.
  public var notes: [FollowUp] = []
  /// It was shared just now.
  public var shared = false

  /// Before it was read.
  public init() {}
}

/// What a person does there.
public enum ChoiceEvent: Sendable {
  case takeBack
  /// Pick another way.
  case change
  /// Wipe it from this phone.
  case erase
  case note(FollowUp)
  case compare
  /// Say after a restore whether it still counts.
  case restored
  case moment
}

/// One choice.
public final class ChoiceModel: Holder<ChoiceState, ChoiceEvent> {
  private let id: CaseId

  init(_ here: Here, _ id: CaseId, shared: Bool) {
    self.id = id
    var first = ChoiceState()
    first.shared = shared
    super.init(here, first)
    watch({ vault in
      var found = ChoiceState()
      let choice = try vault.choice(id)
      found.choice = choice
      found.practice = try vault.practice(choice.practice)
      found.notes = try vault.notes(on: id)
      found.shared = shared
      return found
    }) { state, found in state = found }
  }

  /// What the person did.
  public override func on(_ event: ChoiceEvent) {
    let id = id
    switch event {
    case .takeBack: once { [here] in try await here.session.write { try $0.takeBack(id) } }
    case .change: here.go(.pick(state.choice?.moment, replaces: id))
    case .erase: leaving(.erased) { try $0.eraseChoice(id) }
    case .note(let note): here.go(.note(note.id))
    case .compare: if let choice = state.choice { here.go(.compare(choice.practice)) }
    case .restored: here.go(.restored)
    case .moment: if let moment = state.choice?.moment { here.go(.moment(moment)) }
    }
  }
}

extension ChoicesState: Silent {}
extension ChoicesEvent: Silent {}
extension ChoiceState: Silent {}
extension ChoiceEvent: Silent {}
