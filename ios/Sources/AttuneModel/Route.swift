import Attune
import Foundation

/// Where the person is. A route names things by id and code and holds no text of anybody's: while the app is not running,
/// the system keeps the routes for it, outside of the vault.
public enum Route: Equatable, Hashable, Sendable {
  /// Every moment, newest first.
  case moments
  /// One moment, with own words and a hint.
  case moment(MisattunementId)
  /// What would help now. `saved` right after marking: the saved line and *Undo* are above.
  case pick(MisattunementId?, saved: Bool = false, replaces: CaseId? = nil)
  /// This is all they will get.
  case preview(RepairChoice)
  /// Somebody else to see, where no front desk is paired.
  case outside
  /// Every choice.
  case choices
  /// One choice and where it stands; `shared` right after sharing.
  case choice(CaseId, shared: Bool = false)
  /// Every note.
  case notes
  /// One note.
  case note(FollowUpId)
  /// Plan drafts and lines for the file.
  case proposals
  /// One of them.
  case proposal(ProposalId)
  /// The people this phone is paired with.
  case practices
  /// One of them, with its card.
  case practice(PracticeId)
  /// About me, in my own words, for one of them.
  case aboutMe(PracticeId)
  /// Pairing.
  case join
  /// Comparing four words.
  case compare(PracticeId)
  /// After a copy was brought back: each choice, confirmed or dropped.
  case restored
  /// Get help now.
  case help
  /// Was it more than a mistake?
  case serious
  /// What stays private.
  case privacy
  /// Settings.
  case settings
  /// Setting, changing or removing the passcode.
  case passcode
  /// Saving a copy.
  case saveCopy
  /// Bringing back a copy into an empty space.
  case bringBack
  /// Delete all.
  case deleteAll

  /// Whether the vault has to be open for it.
  public var needsVault: Bool {
    switch self {
    case .outside, .help, .serious, .privacy, .bringBack, .deleteAll: false
    default: true
    }
  }

  /// Which screen it leads to, whatever the screen shows.
  public var name: String {
    switch self {
    case .moments: "Moments"
    case .moment: "Moment"
    case .pick: "Pick"
    case .preview: "Preview"
    case .outside: "Outside"
    case .choices: "Choices"
    case .choice: "Choice"
    case .notes: "Notes"
    case .note: "Note"
    case .proposals: "Proposals"
    case .proposal: "Proposal"
    case .practices: "Practices"
    case .practice: "Practice"
    case .aboutMe: "AboutMe"
    case .join: "Join"
    case .compare: "Compare"
    case .restored: "Restored"
    case .help: "Help"
    case .serious: "Serious"
    case .privacy: "Privacy"
    case .settings: "Settings"
    case .passcode: "Passcode"
    case .saveCopy: "SaveCopy"
    case .bringBack: "BringBack"
    case .deleteAll: "DeleteAll"
    }
  }
}
