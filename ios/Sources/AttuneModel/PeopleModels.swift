import Attune

/// The people this phone is paired with.
public struct PracticesState: Sendable {
  /// Whether the vault was read.
  public var read = false
  /// The oldest pairing first.
  public var practices: [Practice] = []

  /// Before the vault was read.
  public init() {}
}

/// What a person does with the list.
public enum PracticesEvent: Sendable {
  case open(PracticeId)
  case join
}

/// Everybody, the oldest pairing first.
public final class PracticesModel: Holder<PracticesState, PracticesEvent> {
  init(_ here: Here) {
    super.init(here, PracticesState())
    watch({ try $0.practices() }) { state, found in
      state.read = true
      state.practices = found
    }
  }

  /// What the person did.
  public override func on(_ event: PracticesEvent) {
    switch event {
    case .open(let id): here.go(.practice(id))
    case .join: here.go(.join)
    }
  }
}

/// One practice: its card, how the link fares, and what each says of themselves.
public struct PracticeState: Sendable {
  /// The practice; none before it was read.
  public var practice: Practice?
  /// What it says of itself and how it works.
  public var about: String?
  /// What the person says of themselves.
  public var aboutMe: OwnAbout?
  /// A look for updates is under way.
  public var looking = false

  /// Before it was read.
  public init() {}
}

/// What a person does with it.
public enum PracticeEvent: Sendable {
  /// Ends the pairing, at once.
  case unpair
  case compare
  case aboutMe
  /// *Connect now*.
  case look
  /// A new code, after this one was spent or the link was cut.
  case join
}

/// One of them.
public final class PracticeModel: Holder<PracticeState, PracticeEvent> {
  private let id: PracticeId

  init(_ here: Here, _ id: PracticeId) {
    self.id = id
    super.init(here, PracticeState())
    watch({ vault in
      var found = PracticeState()
      found.practice = try vault.practice(id)
      found.about = try vault.aboutPractice(id)
      found.aboutMe = try vault.aboutMe(for: id)
      return found
    }) { state, found in
      let looking = state.looking
      state = found
      state.looking = looking
    }
  }

  /// What the person did.
  public override func on(_ event: PracticeEvent) {
    let id = id
    switch event {
    case .unpair: leaving(.unpaired) { try $0.unpair(id) }
    case .compare: here.go(.compare(id))
    case .aboutMe: here.go(.aboutMe(id))
    case .look: look()
    case .join: here.go(.join)
    }
  }

  private func look() {
    let transport = here.phone.transport
    once { [weak self, here] in
      self?.show { $0.looking = true }
      defer { self?.show { $0.looking = false } }
      try await here.session.sync(over: transport)
    }
  }
}

/// The four words to compare.
public struct CompareState: Sendable {
  /// With whom.
  public var practice: Practice?
  /// None before both sides have answered.
  public var words: [String] = []

  /// Before they were read.
  public init() {}
}

/// What a person does with them.
public enum CompareEvent: Sendable {
  case match
  /// They are not the same: the link is cut.
  case differ
  case later
}

/// Comparing four words, read aloud in the same room.
public final class CompareModel: Holder<CompareState, CompareEvent> {
  private let id: PracticeId

  init(_ here: Here, _ id: PracticeId) {
    self.id = id
    super.init(here, CompareState())
    watch({ vault in
      var found = CompareState()
      found.practice = try vault.practice(id)
      found.words = try vault.words(of: id)
      return found
    }) { state, found in state = found }
  }

  /// What the person did.
  public override func on(_ event: CompareEvent) {
    let (id, shown) = (id, state.words)
    switch event {
    case .match: leaving(.matched) { try $0.confirmWords(shown, of: id) }
    case .differ: leaving(.cut, by: { [here] in here.home() }) { try $0.unpair(id) }
    case .later: here.back()
    }
  }
}

extension AttuneVault {
  /// None before both sides have answered.
  fileprivate func words(of id: PracticeId) throws -> [String] {
    do {
      return try comparisonWords(of: id)
    } catch AttuneError.declined(.notReady) {
      return []
    }
  }
}

/// What the person says of themselves to one practice.
public struct AboutMeState: Sendable {
  /// The practice; none before it was read.
  public var practice: Practice?
  /// What it has.
  public var shared: OwnAbout?
  /// As it is typed, kept in the vault meanwhile. It leaves only with *Share this*.
  public var text = ""
  /// Whether the vault was read.
  public var read = false
  /// The four words were compared, without which nothing of it can be shared.
  public var compared = false

  /// Before it was read.
  public init() {}
}

/// What a person does with it.
public enum AboutMeEvent: Sendable {
  case text(String)
  case share
  case takeBack
  case compare
}

/// About me, in my own words.
public final class AboutMeModel: Holder<AboutMeState, AboutMeEvent> {
  private struct Found: Sendable {
    let practice: Practice
    let own: OwnAbout?
    let kept: String?
  }

  private let id: PracticeId
  private let draft: Draft

  init(_ here: Here, _ id: PracticeId) {
    self.id = id
    draft = Draft(here) { vault, text in try vault.keepAboutMeDraft(text, for: id) }
    super.init(here, AboutMeState())
    watch({ vault in
      Found(
        practice: try vault.practice(id), own: try vault.aboutMe(for: id), kept: try vault.aboutMeDraft(for: id))
    }) { state, found in
      if !state.read { state.text = found.kept ?? found.own?.text ?? "" }
      state.practice = found.practice
      state.shared = found.own
      state.read = true
      state.compared = found.practice.health.compared
    }
  }

  /// What the person did.
  public override func on(_ event: AboutMeEvent) {
    switch event {
    case .text(let text): type(text)
    case .share: share(state.text) {}
    case .takeBack: share("") { [weak self] in self?.show { $0.text = "" } }
    case .compare: here.go(.compare(id))
    }
  }

  private func type(_ text: String) {
    // Before it was read, what is typed would take the place of what is kept.
    guard state.read, let limits = try? AttuneVault.limits() else { return }
    if text.utf8.count > limits.aboutBytes { return here.say(.wordsTooLong) }
    show { $0.text = text }
    draft.set(text)
  }

  private func share(_ text: String, then: @escaping @MainActor () -> Void) {
    let (id, draft) = (id, draft)
    once { [here] in
      try await here.session.writing { vault in
        await draft.settle()
        try await offMain { try vault.shareAboutMe(text, with: id) }
      }
      then()
    }
  }
}

extension Practice {
  /// Whether the pairing still stands.
  public var isLinked: Bool { stage == .active }
}

extension PracticesState: Silent {}
extension PracticeState: Silent {}
extension CompareState: Silent {}
extension AboutMeState: Silent {}
extension AboutMeEvent: Silent {}
