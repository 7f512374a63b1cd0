package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.PairingStage
import org.attune.Practice
import org.attune.PracticeCard
import org.attune.PracticeNotice
import org.attune.RepairOption
import org.attune.app.R
import org.attune.app.model.PracticeEvent
import org.attune.app.model.PracticeState

/** One practice: how the link fares, what it says of itself, and what can be done with the link. */
@Composable
fun PracticeContent(state: PracticeState, onEvent: (PracticeEvent) -> Unit) {
    val practice = state.practice ?: return Page(null) {}
    Page(practice.titleText()) {
        practice.card?.let {
            Sub(practice.standing(it))
            Introduced(it)
        }
        LinkNotice(practice, onEvent)
        Words(practice, onEvent)
        if (practice.stage == PairingStage.WAITING) Line(stringResource(R.string.link_waiting_sub))
        Reached(state, practice, onEvent)
        practice.card?.let { Card(it) }
        if (practice.card != null) How(practice.titleText(), state.about)
        AboutOne(state, practice, onEvent)
        Lane(practice)
        Unlink(onEvent)
    }
}

/** What there is to say of the link, with what can be done about it. The words to compare have a part of their own. */
@Composable
private fun LinkNotice(practice: Practice, onEvent: (PracticeEvent) -> Unit) {
    val lines = practice.noticeLines()
    if (lines.isEmpty()) return
    Block {
        if (practice.notice == PracticeNotice.NEWCOMER) Part(stringResource(R.string.phones_new))
        Said { lines.forEach { Line(it) } }
        when (practice.notice) {
            PracticeNotice.SECOND_CLAIM, PracticeNotice.GOODBYE, PracticeNotice.CODE_SPENT ->
                OtherButton(stringResource(R.string.link_again), { onEvent(PracticeEvent.Join) }, APART)
            PracticeNotice.NEWCOMER -> MainButton(stringResource(R.string.people_match), { onEvent(PracticeEvent.Compare) }, APART)
            PracticeNotice.TWO_PHONES, PracticeNotice.NEWER_NEEDED, PracticeNotice.VERSION_JUMP, PracticeNotice.UNREADABLE,
            PracticeNotice.DENIED, PracticeNotice.FULL, PracticeNotice.SLOW, PracticeNotice.NOT_REACHED, null -> Unit
        }
    }
}

@Composable
private fun Words(practice: Practice, onEvent: (PracticeEvent) -> Unit) {
    if (practice.stage != PairingStage.ACTIVE) return
    if (practice.health.compared) return Line(stringResource(R.string.people_matched))
    if (practice.notice == PracticeNotice.NEWCOMER) return
    Block {
        Line(stringResource(R.string.words_later))
        OtherButton(stringResource(R.string.people_match), { onEvent(PracticeEvent.Compare) }, APART)
    }
}

@Composable
private fun Reached(state: PracticeState, practice: Practice, onEvent: (PracticeEvent) -> Unit) {
    val reached = practice.health.reachedAt
    Said {
        if (state.looking) Line(stringResource(R.string.set_look_running))
        Sub(if (reached == null) stringResource(R.string.people_heard_never) else stringResource(R.string.people_heard, reached.dayText()))
    }
    if (practice.stage != PairingStage.ENDED) {
        OtherButton(stringResource(R.string.sync_now), { onEvent(PracticeEvent.Look) }, enabled = !state.looking)
    }
}

/** The code did not come from the clinic itself: who handed it on, and how to be sure. */
@Composable
internal fun Introduced(card: PracticeCard) {
    val name = card.introducedBy ?: return
    Block {
        Line(stringResource(R.string.pair_introduced_by, name))
        Line(stringResource(R.string.pair_introduced_check))
    }
}

/** The practice's card, in the order in which a person may ask: what can I pick, what will it cost me, who answers, who sees it. */
@Composable
internal fun Card(card: PracticeCard) {
    // Keeping something to oneself is with nobody.
    val offered = card.offered - RepairOption.KEEP
    if (offered.isNotEmpty()) {
        Part(stringResource(R.string.pair_offers))
        Block { offered.forEach { Line(it.title()) } }
    }
    val terms = card.terms.lines()
    Part(stringResource(R.string.cost_title))
    if (terms.isEmpty()) Line(stringResource(R.string.cost_unknown)) else Block { terms.forEach { Line(it) } }
    OwnWords(R.string.people_backup, card.backup)
    OwnWords(R.string.preview_leaves_title, card.leavesPractice)
}

@Composable
private fun OwnWords(title: Int, text: String) {
    if (text.isBlank()) return
    Part(stringResource(title))
    Block { Line(text) }
}

@Composable
private fun How(name: String, about: String?) {
    if (about.isNullOrBlank()) return Sub(stringResource(R.string.about_theirs_none))
    Part(stringResource(R.string.about_theirs, name))
    Block { Line(about) }
}

@Composable
private fun AboutOne(state: PracticeState, practice: Practice, onEvent: (PracticeEvent) -> Unit) {
    if (practice.stage != PairingStage.ACTIVE) return
    val own = state.aboutMe
    Part(stringResource(R.string.about_own))
    if (own?.waits == true) Line(stringResource(R.string.about_waits))
    Item(
        stringResource(if (own == null) R.string.about_write else R.string.about_title),
        own?.text ?: stringResource(R.string.about_own_none),
        { onEvent(PracticeEvent.AboutMe) },
    )
}

/** The name they see, and where the sealed boxes go. */
@Composable
private fun Lane(practice: Practice) {
    Part(stringResource(R.string.people_name))
    Line(practice.chosenName ?: stringResource(R.string.preview_no_name))
    Part(stringResource(R.string.people_relay))
    Line(leftToRight(practice.relay))
    Sub(stringResource(R.string.privacy_relay))
}

/** At once, without a question; what goes is said above. It stands last and apart, so that nobody hits it on the way to something. */
@Composable
private fun Unlink(onEvent: (PracticeEvent) -> Unit) {
    Part(stringResource(R.string.unpair_button))
    Line(stringResource(R.string.unpair_sub))
    Line(stringResource(R.string.people_unlink_notes))
    OtherButton(stringResource(R.string.unpair_button), { onEvent(PracticeEvent.Unpair) })
}
