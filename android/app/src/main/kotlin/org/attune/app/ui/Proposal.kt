package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.Proposal
import org.attune.ProposalAnswer
import org.attune.app.R
import org.attune.app.model.ProposalEvent
import org.attune.app.model.ProposalState

/** A plan draft or a line for the file. The three answers look the same, and so does giving none. */
@Composable
fun ProposalContent(state: ProposalState, onEvent: (ProposalEvent) -> Unit) {
    val proposal = state.proposal ?: return Page(null) {}
    Page(proposal.kind.title()) {
        Sub(stringResource(R.string.notes_from, proposal.sender))
        Sub(proposal.storedAt.dayText())
        Block { Line(proposal.text) }
        Standing(proposal)
        if (proposal.open) Answers(state, proposal, onEvent)
        AskingButton(
            stringResource(R.string.draft_erase), stringResource(R.string.draft_erase_ask),
            stringResource(R.string.button_wipe), { onEvent(ProposalEvent.Erase) },
        )
    }
}

/** What was said to it, and whether it is on its way. */
@Composable
private fun Standing(proposal: Proposal) {
    val answer = proposal.answer
    Said {
        if (answer == null) Line(stringResource(R.string.note_said_nothing)) else Line(stringResource(R.string.note_said, answer.text()))
        proposal.words?.let { Line(it) }
        when {
            !proposal.open -> Line(stringResource(R.string.note_over))
            answer == null -> Sub(stringResource(R.string.note_skip_sub))
            proposal.waits -> Line(stringResource(R.string.note_waits))
            else -> Sub(stringResource(R.string.note_goes))
        }
    }
}

@Composable
private fun Answers(state: ProposalState, proposal: Proposal, onEvent: (ProposalEvent) -> Unit) {
    Part(stringResource(R.string.draft_answer_title))
    // One tap says it. With each answer the lines above change, and with them the places of these.
    val standing = proposal.answer to state.changing
    Meant(standing) { meant ->
        OtherButton(ProposalAnswer.LOOKS_RIGHT.text(), { meant { onEvent(ProposalEvent.LooksRight) } })
    }
    OtherButton(ProposalAnswer.CHANGE_IT.text(), { onEvent(ProposalEvent.ChangeIt) })
    if (state.changing) Change(state, onEvent)
    Meant(standing) { meant ->
        OtherButton(ProposalAnswer.LEAVE_IT.text(), { meant { onEvent(ProposalEvent.LeaveIt) } })
    }
    if (proposal.answer != null) QuietButton(stringResource(R.string.draft_unsay), { onEvent(ProposalEvent.SayNothing) })
}

/** *Change it* can be said without words. With words, it needs the four words to be compared. */
@Composable
private fun Change(state: ProposalState, onEvent: (ProposalEvent) -> Unit) {
    Block {
        if (state.compared) {
            Sub(stringResource(R.string.draft_change_hint))
            WordsField(state.words, { onEvent(ProposalEvent.Words(it)) }, stringResource(R.string.draft_change_title))
        } else {
            Line(stringResource(R.string.preview_words_wait))
            OtherButton(stringResource(R.string.people_match), { onEvent(ProposalEvent.Compare) }, APART)
        }
        ShareButton(stringResource(R.string.draft_send), state.words, { onEvent(ProposalEvent.SendChange) }, APART)
    }
}
