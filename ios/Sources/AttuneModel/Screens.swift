import Attune

/// What holds the state of a route.
@MainActor
func holderOf(_ route: Route, _ here: Here) -> any ScreenHolder {
  switch route {
  case .moments: MomentsModel(here)
  case .moment(let id): MomentModel(here, id)
  case .pick(let moment, let saved, let replaces): PickModel(here, moment, saved: saved, replaces: replaces)
  case .preview(let choice): PreviewModel(here, choice)
  case .outside: HelpModel(here, .provider)
  case .choices: ChoicesModel(here)
  case .choice(let id, let shared): ChoiceModel(here, id, shared: shared)
  case .notes: NotesModel(here)
  case .note(let id): NoteModel(here, id)
  case .proposals: ProposalsModel(here)
  case .proposal(let id): ProposalModel(here, id)
  case .practices: PracticesModel(here)
  case .practice(let id): PracticeModel(here, id)
  case .aboutMe(let id): AboutMeModel(here, id)
  case .join: JoinModel(here)
  case .compare(let id): CompareModel(here, id)
  case .restored: RestoredModel(here)
  case .help: HelpModel(here, .now)
  case .serious: HelpModel(here, .outside)
  case .privacy: PrivacyModel(here)
  case .settings: SettingsModel(here)
  case .passcode: PasscodeModel(here)
  case .saveCopy: SaveCopyModel(here)
  case .bringBack: BringBackModel(here)
  case .deleteAll: DeleteAllModel(here)
  }
}

/// What stays private: lines that nothing changes.
public struct PrivacyState: Sendable {}

/// Lines that nothing changes, and nothing can be done with.
public final class PrivacyModel: Holder<PrivacyState, Never> {
  init(_ here: Here) {
    super.init(here, PrivacyState())
  }
}
