import Attune

/// What can be picked.
public struct PickState: Sendable {
  /// It was marked just now: *Saved* and *Undo* are shown.
  public var saved: Bool
  /// In the order of the core: *Keep it to myself* first, nothing preselected.
  public var offers: [Offer] = []
  /// Nobody is paired: nothing could be sent.
  public var alone = false
  /// Another choice is changed, rather than a first one picked.
  public var changes = false
  /// There is a moment to write own words on.
  public var hasMoment = false

  /// Before the vault was read.
  public init(saved: Bool) {
    self.saved = saved
  }
}

/// What a person does there.
public enum PickEvent: Sendable {
  case pick(Offer)
  /// The mark is undone.
  case undo
  /// Own words and where it was.
  case words
  /// Pairing, where nobody is paired.
  case join
}

/// What would help now.
public final class PickModel: Holder<PickState, PickEvent> {
  private let moment: MisattunementId?
  private let replaces: CaseId?

  init(_ here: Here, _ moment: MisattunementId?, saved: Bool, replaces: CaseId?) {
    self.moment = moment
    self.replaces = replaces
    var first = PickState(saved: saved)
    first.changes = replaces != nil
    first.hasMoment = moment != nil
    super.init(here, first)
    watch({ (offers: try $0.offers(), alone: try $0.practices().isEmpty) }) { state, found in
      let changes = state.changes
      // Keeping it to oneself is no other way for what was shared: taking it back is, and stands there.
      state.offers = found.offers.filter { !(changes && $0.option == .keep) }
      state.alone = found.alone
    }
  }

  /// What the person did.
  public override func on(_ event: PickEvent) {
    switch event {
    case .pick(let offer): pick(offer)
    case .undo:
      guard let moment else { return }
      leaving(.undone, by: { [here] in here.home() }) { try $0.undo(moment) }
    case .words:
      guard let moment else { return }
      // Words may be there afterwards, which no *Undo* takes away without a question.
      here.become(.pick(moment, saved: false, replaces: replaces))
      show { $0.saved = false }
      here.go(.moment(moment))
    case .join: here.go(.join)
    }
  }

  private func pick(_ offer: Offer) {
    if offer.option == .keep {
      here.say(.kept)
      here.home()
    } else if let practice = offer.practice {
      here.go(.preview(RepairChoice(offer.option, to: practice, moment: moment, replaces: replaces)))
    } else {
      here.go(.outside)
    }
  }
}

extension PickState: Silent {}
extension PickEvent: Silent {}
