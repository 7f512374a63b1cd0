import Attune
import Foundation

/// Exactly what would be shared, and what could be added.
public struct PreviewState: Sendable {
  /// What *Share this* would send; none until the core has fixed it.
  public var preview: Preview?
  /// The moment that it is for: its own words and hint can be switched on.
  public var moment: Misattunement?
  /// Who it goes to.
  public var practice: Practice?
  /// What the practice attested.
  public var terms: AttestedTerms?
  /// Where it was goes along.
  public var withPointer = false
  /// Own words go along.
  public var withWords = false
  /// Until when it counts: a day of the Gregorian calendar.
  public var until: DateComponents?

  /// Before the core has fixed it.
  public init() {}
}

/// What a person does there.
public enum PreviewEvent: Sendable {
  case withPointer(Bool)
  case withWords(Bool)
  case until(DateComponents?)
  /// Share what is shown, and that alone.
  case share
  /// *Not now*.
  case notNow
  /// Compare words, before own words can be shared.
  case compare
}

/// This is all they will get.
public final class PreviewModel: Holder<PreviewState, PreviewEvent> {
  private var choice: RepairChoice
  private var changing: Job?

  init(_ here: Here, _ choice: RepairChoice) {
    self.choice = choice
    super.init(here, PreviewState())
    doing { [weak self] in
      guard let self else { return }
      if let twin = try await self.twin() {
        self.here.become(twin)
      } else {
        try await self.begin()
      }
    }
  }

  /// What the person did.
  public override func on(_ event: PreviewEvent) {
    switch event {
    case .withPointer(let on): change(withPointer: on)
    case .withWords(let on): change(withWords: on)
    case .until(let day): change(until: .some(day))
    case .share: share()
    case .notNow: here.back()
    case .compare: here.go(.compare(choice.practice))
    }
  }

  private func change(withPointer: Bool? = nil, withWords: Bool? = nil, until: DateComponents?? = nil) {
    let before = changing
    changing = doing {
      // What was changed right before is fixed first, or declined.
      await before?.join()
      let now = self.choice
      try await self.fix(
        RepairChoice(
          now.option, to: now.practice, moment: now.moment, withPointer: withPointer ?? now.withPointer,
          withWords: withWords ?? now.withWords, until: until ?? now.until, replaces: now.replaces))
    }
  }

  /// What was switched on before the process ended may be declined by now: then it begins plain, or not at all.
  private func begin() async throws {
    do {
      return try await fix(choice)
    } catch let error as AttuneError {
      guard case .declined = error else { throw error }
      here.failed(error)
    }
    do {
      try await fix(
        RepairChoice(choice.option, to: choice.practice, moment: choice.moment, replaces: choice.replaces))
    } catch AttuneError.declined {
      here.back()
    }
  }

  /// Has the core fix what would be sent; what it declines leaves the preview before as it was.
  private func fix(_ to: RepairChoice) async throws {
    let fixed = try await here.session.read { vault in
      var fixed = PreviewState()
      fixed.preview = try vault.preview(to)
      fixed.moment = try to.moment.map { try vault.moment($0) }
      fixed.practice = try vault.practice(to.practice)
      fixed.terms = try vault.offers().first { $0.option == to.option && $0.practice == to.practice }?.terms
      fixed.withPointer = to.withPointer
      fixed.withWords = to.withWords
      fixed.until = to.until
      return fixed
    }
    choice = to
    here.become(.preview(to))
    show { $0 = fixed }
  }

  private func share() {
    guard let shown = state.preview?.id else { return }
    once {
      let shared: CaseId
      do {
        shared = try await self.here.session.write { try $0.share(shown) }
      } catch let error as AttuneError {
        // What would be sent is no longer what was shown: look once more.
        if case .declined = error { try await self.fix(self.choice) }
        throw error
      }
      self.here.home()
      self.here.go(.choice(shared, shared: true))
    }
  }

  /// The choice that was shared from this very screen, if the process ended between sharing and leaving it: it is shown
  /// then, rather than offered for sharing a second time.
  private func twin() async throws -> Route? {
    guard let moment = choice.moment else { return nil }
    let choice = choice
    let twin = try await here.session.read { vault in
      try vault.choices(of: moment).first {
        $0.open && $0.option == choice.option && $0.practice == choice.practice && $0.caseId != choice.replaces
      }
    }
    return twin.map { .choice($0.caseId, shared: true) }
  }
}

extension PreviewState: Silent {}
extension PreviewEvent: Silent {}
