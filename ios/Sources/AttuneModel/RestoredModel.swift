import Attune

/// The choices that wait for the person's word after a copy was brought back.
public struct RestoredState: Sendable {
  /// Whether the vault was read.
  public var read = false
  /// Those that wait.
  public var waiting: [Restored] = []
  /// What was said to a draft waits, too. It is said again at the draft.
  public var drafts = false
  /// What was shared about oneself waits, too. It is shared again at the practice.
  public var about = false

  /// Before the vault was read.
  public init() {}
}

/// What a person does with them.
public enum RestoredEvent: Sendable {
  /// It still counts.
  case keep(CaseId)
  /// It does not.
  case drop(CaseId)
  /// It is decided later. Nothing is sent meanwhile.
  case later
}

/// Nothing of a choice leaves before the person said that it still counts.
public final class RestoredModel: Holder<RestoredState, RestoredEvent> {
  init(_ here: Here) {
    super.init(here, RestoredState())
    watch({ vault in
      var found = RestoredState()
      found.read = true
      found.waiting = try vault.restored()
      found.drafts = try vault.proposals().contains { $0.waits }
      found.about = try vault.practices().contains { try vault.aboutMe(for: $0.id)?.waits == true }
      return found
    }) { state, found in state = found }
  }

  /// What the person did.
  public override func on(_ event: RestoredEvent) {
    switch event {
    case .keep(let id): once { [here] in try await here.session.write { try $0.confirmRestored(id) } }
    case .drop(let id): once { [here] in try await here.session.write { try $0.dropRestored(id) } }
    case .later: here.back()
    }
  }
}

extension RestoredState: Silent {}
