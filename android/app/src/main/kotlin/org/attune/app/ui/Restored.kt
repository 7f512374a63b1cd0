package org.attune.app.ui

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import org.attune.CaseId
import org.attune.Choice
import org.attune.Restored
import org.attune.app.R
import org.attune.app.model.RestoredEvent
import org.attune.app.model.RestoredState

/** After a copy was brought back: each choice, confirmed or dropped. Nothing leaves before, and both answers look the same. */
@Composable
fun RestoredContent(state: RestoredState, onEvent: (RestoredEvent) -> Unit) {
    val isOver = state.read && state.waiting.isEmpty()
    Page(
        stringResource(R.string.restore_title),
        first = {
            val text = if (isOver) R.string.button_done else R.string.restore_decide_later
            OtherButton(stringResource(text), { onEvent(RestoredEvent.Later) })
        },
    ) {
        if (!state.read) return@Page
        Said {
            if (isOver) {
                Line(stringResource(R.string.restore_done))
            } else {
                Line(stringResource(R.string.restore_nothing))
                Line(stringResource(R.string.restore_sub))
            }
        }
        val among = state.waiting.map { it.caseId }
        for (waiting in state.waiting) Waiting(waiting, among, onEvent)
        if (state.drafts) Sub(stringResource(R.string.restore_said))
        if (state.about) Sub(stringResource(R.string.restore_about))
    }
}

/** When one was answered, the next comes to its place: a second tap there was not meant for it. */
@Composable
private fun Waiting(waiting: Restored, among: List<CaseId>, onEvent: (RestoredEvent) -> Unit) {
    val keep = { onEvent(RestoredEvent.Keep(waiting.caseId)) }
    val drop = { onEvent(RestoredEvent.Drop(waiting.caseId)) }
    Block {
        val choice = waiting.choice
        if (choice == null) {
            Line(stringResource(R.string.restore_unknown))
            Meant(among) { meant -> OtherButton(stringResource(R.string.takeback_button), { meant(drop) }, APART) }
        } else {
            Known(choice)
            Meant(among) { meant -> OtherButton(stringResource(R.string.restore_keep), { meant(keep) }, APART) }
            Meant(among) { meant -> OtherButton(stringResource(R.string.restore_drop), { meant(drop) }) }
        }
    }
}

/** All that would leave with it. */
@Composable
private fun Known(choice: Choice) {
    Text(choice.option.title(), Modifier.semantics { heading() }, style = MaterialTheme.typography.titleMedium)
    Sub(stringResource(R.string.preview_to_name, choice.recipient))
    choice.pointer?.let { Sub(it.text()) }
    choice.words?.let { words ->
        Sub(stringResource(R.string.preview_words))
        Line(words)
    }
    choice.until?.let { Sub(stringResource(R.string.status_ends, it.text())) }
}
