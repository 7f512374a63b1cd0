import Attune

/// The moments, as far as they were asked for.
public struct MomentsState: Sendable {
  /// Whether the vault was read.
  public var read = false
  /// The newest first.
  public var moments: [MomentLine] = []
  /// There are older ones.
  public var older = false

  /// Before the vault was read.
  public init() {}
}

/// What a person does with the list.
public enum MomentsEvent: Sendable {
  case open(MisattunementId)
  /// More of them.
  case older
  /// Wipe all of them.
  case eraseAll
}

/// Every moment, newest first.
public final class MomentsModel: Holder<MomentsState, MomentsEvent> {
  private static let page = 50
  private var most = MomentsModel.page

  init(_ here: Here) {
    super.init(here, MomentsState())
    watching({ [weak self] session in
      let most = self?.most ?? Self.page
      return try await session.read { try $0.lines(most) }
    }) { state, found in state = found }
  }

  /// What the person did.
  public override func on(_ event: MomentsEvent) {
    switch event {
    case .open(let id): here.go(.moment(id))
    case .older:
      most += Self.page
      let most = most
      doing { [weak self, here] in
        let found = try await here.session.read { try $0.lines(most) }
        self?.show { $0 = found }
      }
    case .eraseAll:
      once { [here] in
        try await here.session.write { try $0.eraseMoments() }
        here.say(.erased)
      }
    }
  }
}

extension AttuneVault {
  fileprivate func lines(_ most: Int) throws -> MomentsState {
    let found = try moments(limit: most + 1)
    var latest: [MisattunementId: Choice] = [:]
    for choice in try choices().reversed() {
      if let moment = choice.moment { latest[moment] = choice }
    }
    var state = MomentsState()
    state.read = true
    state.moments = found.prefix(most).map { MomentLine(moment: $0, choice: latest[$0.id]) }
    state.older = found.count > most
    return state
  }
}

/// One moment.
public struct MomentState: Sendable {
  /// The moment; none before it was read.
  public var moment: Misattunement?
  /// The words as they are typed; they are the moment's own as soon as they can be.
  public var words = ""
  /// Characters that the words may have.
  public var limit = 0
  /// What was shared for it, newest first.
  public var choices: [Choice] = []
  /// For how many days moments are kept; none until they are wiped.
  public var days: Int?

  /// Before it was read.
  public init() {}
}

/// What a person does with it.
public enum MomentEvent: Sendable {
  case words(String)
  case `where`(Pointer?)
  case erase
  /// What would help now?
  case pick
  case open(CaseId)
}

/// A moment, with own words and a hint. Nothing of it leaves the phone from here.
public final class MomentModel: Holder<MomentState, MomentEvent> {
  private let id: MisattunementId
  private let draft: Draft
  private var typed = false

  init(_ here: Here, _ id: MisattunementId) {
    self.id = id
    draft = Draft(here) { vault, words in try vault.setWords(words, of: id) }
    super.init(here, MomentState())
    watch({ vault in
      var found = MomentState()
      found.moment = try vault.moment(id)
      found.limit = Int(try AttuneVault.limits().wordsChars)
      found.choices = try vault.choices(of: id)
      found.days = try vault.momentDays()
      return found
    }) { [weak self] state, found in
      let words = self?.typed == true ? state.words : found.moment?.words ?? ""
      state = found
      state.words = words
    }
  }

  /// What the person did.
  public override func on(_ event: MomentEvent) {
    let id = id
    switch event {
    case .words(let text): words(text)
    case .where(let pointer): doing { [here] in try await here.session.write { try $0.setPointer(pointer, of: id) } }
    case .erase: leaving(.erased) { try $0.eraseMoment(id) }
    case .pick: here.go(.pick(id))
    case .open(let choice): here.go(.choice(choice))
    }
  }

  private func words(_ text: String) {
    guard state.moment != nil else { return }
    // What is over the limit is not taken: the words before stay, in the field too.
    if text.unicodeScalars.count > state.limit { return here.say(.wordsTooLong) }
    typed = true
    show { $0.words = text }
    draft.set(text)
  }
}

extension MomentsState: Silent {}
extension MomentState: Silent {}
extension MomentEvent: Silent {}
