package org.attune.app.model

import org.attune.HelpKind

/** What holds the state of a route. */
internal fun holderOf(route: Route, here: Here): Holder<*, *> = when (route) {
    Route.Moments -> MomentsModel(here)
    is Route.Moment -> MomentModel(here, route.moment)
    is Route.Pick -> PickModel(here, route.moment, route.saved, route.replaces)
    is Route.Preview -> PreviewModel(here, route.choice)
    Route.Outside -> HelpModel(here, HelpKind.PROVIDER)
    Route.Choices -> ChoicesModel(here)
    is Route.Choice -> ChoiceModel(here, route.case, route.shared)
    Route.Notes -> NotesModel(here)
    is Route.Note -> NoteModel(here, route.note)
    Route.Proposals -> ProposalsModel(here)
    is Route.Proposal -> ProposalModel(here, route.proposal)
    Route.Practices -> PracticesModel(here)
    is Route.Practice -> PracticeModel(here, route.practice)
    is Route.AboutMe -> AboutMeModel(here, route.practice)
    Route.Join -> JoinModel(here)
    is Route.Compare -> CompareModel(here, route.practice)
    Route.Restored -> RestoredModel(here)
    Route.Help -> HelpModel(here, HelpKind.NOW)
    Route.Serious -> HelpModel(here, HelpKind.OUTSIDE)
    Route.Privacy -> PrivacyModel(here)
    Route.Settings -> SettingsModel(here)
    Route.Passcode -> PasscodeModel(here)
    Route.SaveCopy -> SaveCopyModel(here)
    Route.BringBack -> BringBackModel(here)
    Route.DeleteAll -> DeleteAllModel(here)
}

/** Lines that nothing changes, and nothing can be done with. */
class PrivacyModel(here: Here) : Holder<Unit, Nothing>(here, Unit) {
    override fun on(event: Nothing) = Unit
}
