package org.attune.app.ui

import androidx.activity.compose.BackHandler
import androidx.compose.foundation.ScrollState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import org.attune.app.model.AboutMeModel
import org.attune.app.model.AppEvent
import org.attune.app.model.AppState
import org.attune.app.model.BringBackModel
import org.attune.app.model.ChoiceModel
import org.attune.app.model.ChoicesModel
import org.attune.app.model.CompareModel
import org.attune.app.model.DeleteAllModel
import org.attune.app.model.HelpModel
import org.attune.app.model.Holder
import org.attune.app.model.JoinModel
import org.attune.app.model.MomentModel
import org.attune.app.model.MomentsModel
import org.attune.app.model.NoteModel
import org.attune.app.model.NotesModel
import org.attune.app.model.PasscodeModel
import org.attune.app.model.PickModel
import org.attune.app.model.PracticeModel
import org.attune.app.model.PracticesModel
import org.attune.app.model.PreviewModel
import org.attune.app.model.ProposalModel
import org.attune.app.model.ProposalsModel
import org.attune.app.model.RestoredModel
import org.attune.app.model.Route
import org.attune.app.model.SaveCopyModel
import org.attune.app.model.Screen
import org.attune.app.model.SettingsModel
import org.attune.app.model.Stage

/**
 * What is on the screen: the topmost screen that was opened, or the stage's own. A screen that was left is dropped with all that it
 * remembered; one that is only covered keeps where it was scrolled to, in [scrolls].
 */
@Composable
fun AttuneScreen(state: AppState, scrolls: Scrolls, on: (AppEvent) -> Unit) {
    val top = state.top
    BackHandler(enabled = top != null) { on(AppEvent.Back) }
    scrolls.keepOnly(state.above.map { it.key } + STAGE.takeIf { state.stage is Stage.Open })
    val at = top?.key ?: STAGE
    val frame = Frame(
        onHide = { on(AppEvent.Hide) }.takeIf { state.stage is Stage.Open },
        onBack = { on(AppEvent.Back) }.takeIf { top != null },
        onHelp = { on(AppEvent.Go(Route.Help)) }.takeUnless { top?.route == Route.Help },
        notice = state.notice,
        onNoticeDone = { on(AppEvent.NoticeDone) },
        onLeaves = { on(AppEvent.Leaves) },
        scroll = scrolls.of(at),
    )
    Unlearned {
        CompositionLocalProvider(LocalFrame provides frame) {
            key(at, top?.route?.let { it::class }, state.stage::class) {
                if (top != null) Above(top) else StageContent(state.stage, on)
            }
        }
    }
}

/** Where each screen that is open was scrolled to. It outlives a rotation, and nothing else. */
class Scrolls {
    private val all = HashMap<Int, ScrollState>()

    internal fun of(key: Int): ScrollState = all.getOrPut(key) { ScrollState(0) }

    internal fun keepOnly(keys: List<Int?>) {
        all.keys.retainAll(keys.filterNotNull().toSet())
    }
}

/** The first screen's key; those of the others count from 0. */
private const val STAGE = -1

@Composable
private fun StageContent(stage: Stage, on: (AppEvent) -> Unit) {
    when (stage) {
        Stage.Opening -> OpeningContent()
        Stage.FirstRun -> FirstRunContent(on)
        is Stage.Locked -> LockedContent(stage, on)
        is Stage.Stopped -> StoppedContent(stage.why, on)
        is Stage.Open -> stage.home.Draw { state, event -> HomeContent(state, event) }
    }
}

@Composable
private fun Above(screen: Screen) {
    when (screen.route) {
        is Route.Moments -> screen.of<MomentsModel>().Draw { state, on -> MomentsContent(state, on) }
        is Route.Moment -> screen.of<MomentModel>().Draw { state, on -> MomentContent(state, on) }
        is Route.Pick -> screen.of<PickModel>().Draw { state, on -> PickContent(state, on) }
        is Route.Preview -> screen.of<PreviewModel>().Draw { state, on -> PreviewContent(state, on) }
        is Route.Outside -> screen.of<HelpModel>().Draw { state, on -> OutsideContent(state, on) }
        is Route.Choices -> screen.of<ChoicesModel>().Draw { state, on -> ChoicesContent(state, on) }
        is Route.Choice -> screen.of<ChoiceModel>().Draw { state, on -> ChoiceContent(state, on) }
        is Route.Notes -> screen.of<NotesModel>().Draw { state, on -> NotesContent(state, on) }
        is Route.Note -> screen.of<NoteModel>().Draw { state, on -> NoteContent(state, on) }
        is Route.Proposals -> screen.of<ProposalsModel>().Draw { state, on -> ProposalsContent(state, on) }
        is Route.Proposal -> screen.of<ProposalModel>().Draw { state, on -> ProposalContent(state, on) }
        is Route.Practices -> screen.of<PracticesModel>().Draw { state, on -> PracticesContent(state, on) }
        is Route.Practice -> screen.of<PracticeModel>().Draw { state, on -> PracticeContent(state, on) }
        is Route.AboutMe -> screen.of<AboutMeModel>().Draw { state, on -> AboutMeContent(state, on) }
        is Route.Join -> screen.of<JoinModel>().Draw { state, on -> JoinContent(state, on) }
        is Route.Compare -> screen.of<CompareModel>().Draw { state, on -> CompareContent(state, on) }
        is Route.Restored -> screen.of<RestoredModel>().Draw { state, on -> RestoredContent(state, on) }
        is Route.Help -> screen.of<HelpModel>().Draw { state, on -> HelpContent(state, on) }
        is Route.Serious -> screen.of<HelpModel>().Draw { state, on -> SeriousContent(state, on) }
        is Route.Privacy -> PrivacyContent()
        is Route.Settings -> screen.of<SettingsModel>().Draw { state, on -> SettingsContent(state, on) }
        is Route.Passcode -> screen.of<PasscodeModel>().Draw { state, on -> PasscodeContent(state, on) }
        is Route.SaveCopy -> screen.of<SaveCopyModel>().Draw { state, on -> SaveCopyContent(state, on) }
        is Route.BringBack -> screen.of<BringBackModel>().Draw { state, on -> BringBackContent(state, on) }
        is Route.DeleteAll -> screen.of<DeleteAllModel>().Draw { state, on -> DeleteAllContent(state, on) }
    }
}

/** What holds a route's state: each has one type, which `holderOf` gave it. */
private inline fun <reified H : Holder<*, *>> Screen.of(): H = holder as H

@Composable
private fun <S : Any, E : Any> Holder<S, E>.Draw(content: @Composable (S, (E) -> Unit) -> Unit) {
    val shown by state.collectAsState()
    val event: (E) -> Unit = remember(this) { ::on }
    content(shown, event)
}
