package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.Proposal
import org.attune.app.R
import org.attune.app.model.ProposalsEvent
import org.attune.app.model.ProposalsState

/** Plan drafts and lines for the file. Nothing has to be said to any of them. */
@Composable
fun ProposalsContent(state: ProposalsState, onEvent: (ProposalsEvent) -> Unit) {
    Page(stringResource(R.string.home_drafts)) {
        if (state.read) Line(stringResource(if (state.proposals.isEmpty()) R.string.note_empty else R.string.note_skip_sub))
        for (proposal in state.proposals) {
            Item(proposal.kind.title(), proposal.line(), { onEvent(ProposalsEvent.Open(proposal.id)) })
        }
    }
}

@Composable
private fun Proposal.line(): String {
    val from = stringResource(R.string.notes_from, sender)
    val said = answer?.let { stringResource(R.string.note_said, it.text()) }
    return listOfNotNull(from, storedAt.dayText(), said).joinToString(" · ")
}
