import Attune

/// Plan drafts and lines for the file.
public struct ProposalsState: Sendable {
  /// Whether the vault was read.
  public var read = false
  /// The newest first.
  public var proposals: [Proposal] = []

  /// Before the vault was read.
  public init() {}
}

/// What a person does with the list.
public enum ProposalsEvent: Sendable {
  case open(ProposalId)
}

/// What practices put to the person, newest first. Nothing has to be said to any of it.
public final class ProposalsModel: Holder<ProposalsState, ProposalsEvent> {
  init(_ here: Here) {
    super.init(here, ProposalsState())
    watch({ try $0.proposals() }) { state, found in
      state.read = true
      state.proposals = found
    }
  }

  /// What the person did.
  public override func on(_ event: ProposalsEvent) {
    switch event {
    case .open(let id): here.go(.proposal(id))
    }
  }
}

/// One of them.
public struct ProposalState: Sendable {
  /// What was put; none before it was read.
  public var proposal: Proposal?
  /// How it is to be changed, as it is typed, kept in the vault meanwhile. It leaves only with *Send*.
  public var words = ""
  /// *Change it* was pressed: the field for words is there.
  public var changing = false
  /// The four words were compared, without which no words of the person's can leave.
  public var compared = true

  /// Before it was read.
  public init() {}
}

/// What a person does with it.
public enum ProposalEvent: Sendable {
  case looksRight
  case changeIt
  case words(String)
  /// *Change it* with the words typed, or with none.
  case sendChange
  case leaveIt
  /// What was said is taken back.
  case sayNothing
  case compare
  case erase
}

/// A plan draft or a line for the file.
public final class ProposalModel: Holder<ProposalState, ProposalEvent> {
  private struct Found: Sendable {
    let proposal: Proposal
    let kept: String?
    let compared: Bool
  }

  private let id: ProposalId
  private let draft: Draft
  private var typed = false

  init(_ here: Here, _ id: ProposalId) {
    self.id = id
    draft = Draft(here) { vault, text in try vault.keepDraft(text, on: id) }
    super.init(here, ProposalState())
    watch({ vault in
      let proposal = try vault.proposal(id)
      // What is over cannot be answered: nothing is offered to be written on.
      let kept = proposal.open ? try vault.draft(on: id) : nil
      return Found(proposal: proposal, kept: kept, compared: try vault.practice(proposal.practice).health.compared)
    }) { [weak self] state, found in self?.take(found, into: &state) }
  }

  private func take(_ found: Found, into state: inout ProposalState) {
    let isDraft = state.proposal == nil && found.kept != nil
    if !typed { state.words = (isDraft ? found.kept : nil) ?? found.proposal.words ?? "" }
    typed = typed || isDraft
    state.proposal = found.proposal
    state.changing = state.changing || isDraft
    state.compared = found.compared
  }

  /// What the person did.
  public override func on(_ event: ProposalEvent) {
    let id = id
    switch event {
    case .looksRight: say(.looksRight)
    case .changeIt: show { $0.changing = true }
    case .words(let text): words(text)
    case .sendChange: say(.changeIt, state.words)
    case .leaveIt: say(.leaveIt)
    case .sayNothing: say(nil)
    case .compare: if let proposal = state.proposal { here.go(.compare(proposal.practice)) }
    case .erase: leaving(.erased) { try $0.eraseProposal(id) }
    }
  }

  private func words(_ text: String) {
    guard state.proposal != nil, let limits = try? AttuneVault.limits() else { return }
    // What is over the limit is not taken: the words before stay, in the field too.
    if text.utf8.count > limits.sharedWordsBytes { return here.say(.wordsTooLong) }
    typed = true
    show { $0.words = text }
    draft.set(text)
  }

  /// With the answer goes what was typed, in the vault and in the field: the next words begin from what was said.
  private func say(_ answer: ProposalAnswer?, _ words: String? = nil) {
    let (id, draft) = (id, draft)
    once {
      try await self.here.session.writing { vault in
        await draft.settle()
        try await offMain { try vault.answer(id, answer, words: words) }
      }
      self.typed = false
      self.show {
        $0.words = words ?? ""
        $0.changing = false
      }
    }
  }
}

extension ProposalsState: Silent {}
extension ProposalState: Silent {}
extension ProposalEvent: Silent {}
