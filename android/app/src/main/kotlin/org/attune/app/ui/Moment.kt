package org.attune.app.ui

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import org.attune.Misattunement
import org.attune.Pointer
import org.attune.app.R
import org.attune.app.model.MomentEvent
import org.attune.app.model.MomentState

/** One moment: own words, where it was, and what was picked for it. */
@Composable
fun MomentContent(state: MomentState, onEvent: (MomentEvent) -> Unit) {
    val pick = stringResource(R.string.moment_pick)
    Page(stringResource(R.string.title_moment), first = { MainButton(pick, { onEvent(MomentEvent.Pick) }, enabled = state.moment != null) }) {
        val moment = state.moment ?: return@Page
        Line(stringResource(R.string.mark_on, moment.markedText()))
        Words(state, onEvent)
        Where(moment, onEvent)
        if (state.choices.isNotEmpty()) {
            Part(stringResource(R.string.moment_choices))
            state.choices.forEach { ChoiceItem(it, { onEvent(MomentEvent.Open(it.caseId)) }) }
        }
        Sub(moment.ends?.let { stringResource(R.string.mark_ends, it.text()) } ?: stringResource(R.string.mark_never_ends))
        AskingButton(
            stringResource(R.string.mark_erase), stringResource(R.string.moment_erase_ask), stringResource(R.string.button_wipe),
            { onEvent(MomentEvent.Erase) }, line = stringResource(R.string.moment_erase_line),
        )
    }
}

@Composable
private fun Words(state: MomentState, onEvent: (MomentEvent) -> Unit) {
    WordsField(state.words, { onEvent(MomentEvent.Words(it)) }, stringResource(R.string.moment_words), Modifier.testTag("words"))
    val left = state.limit - state.words.codePointCount(0, state.words.length)
    if (left < FEW) Sub(pluralStringResource(R.plurals.moment_words_left, left, left))
    Column {
        Sub(stringResource(R.string.moment_words_kept))
        Sub(stringResource(R.string.moment_words_hint))
    }
}

@Composable
private fun Where(moment: Misattunement, onEvent: (MomentEvent) -> Unit) {
    Part(stringResource(R.string.mark_where_title))
    Column(Modifier.selectableGroup()) {
        Pointer.entries.forEach { pointer ->
            PickLine(pointer.text(), moment.pointer == pointer, { onEvent(MomentEvent.Where(pointer)) })
        }
        PickLine(stringResource(R.string.mark_where_skip), moment.pointer == null, { onEvent(MomentEvent.Where(null)) })
    }
}

private const val FEW = 100
