package org.attune.app.ui

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.attune.AttestedTerms
import org.attune.Preview
import org.attune.app.R
import org.attune.app.model.PreviewEvent
import org.attune.app.model.PreviewState

/** This is all they will get: what is shown in the first block is what *Share this* sends, and nothing else. */
@Composable
fun PreviewContent(state: PreviewState, onEvent: (PreviewEvent) -> Unit) {
    Page(
        stringResource(R.string.preview_title),
        first = {
            ShareButton(
                stringResource(R.string.preview_send), state.preview?.id, { onEvent(PreviewEvent.Share) },
                Modifier.testTag("share"), enabled = state.preview != null,
            )
            OtherButton(stringResource(R.string.preview_back), { onEvent(PreviewEvent.NotNow) })
        },
    ) {
        val preview = state.preview
        if (preview == null) Said { Line(stringResource(R.string.wait_line)) } else Whole(state, preview, onEvent)
    }
}

@Composable
private fun ColumnScope.Whole(state: PreviewState, preview: Preview, onEvent: (PreviewEvent) -> Unit) {
    val chosen = state.practice?.chosenName
    Block(Modifier.testTag("exact")) {
        Said {
            Column {
                Line(stringResource(R.string.preview_to_name, preview.recipient))
                Sub(preview.role.text())
            }
            Told(stringResource(R.string.preview_choice), preview.option.title())
            preview.pointer?.let { Told(stringResource(R.string.preview_where), it.text()) }
            preview.words?.let { Told(stringResource(R.string.preview_words), it) }
            preview.until?.let { Line(stringResource(R.string.preview_until, it.text())) }
            Sub(if (chosen == null) stringResource(R.string.preview_no_name) else stringResource(R.string.preview_name, chosen))
        }
    }
    if (preview.takesBack) Line(stringResource(R.string.preview_takes_back))
    Switches(state, onEvent)
    EndDay(state.until, { onEvent(PreviewEvent.Until(it)) })
    Sub(stringResource(R.string.preview_when))
    Sub(stringResource(R.string.preview_takeback))
    Sub(stringResource(R.string.preview_record))
    state.terms?.let { Terms(it) }
    state.practice?.card?.leavesPractice?.takeIf { it.isNotBlank() }?.let {
        Part(stringResource(R.string.preview_leaves_title))
        Line(it)
    }
    Help(R.string.safety_share)
}

/** What may go along, only where the moment has it. Off until the person turns it on. */
@Composable
private fun Switches(state: PreviewState, onEvent: (PreviewEvent) -> Unit) {
    if (state.moment?.pointer != null) {
        SwitchLine(
            stringResource(R.string.preview_share_where),
            stringResource(R.string.preview_where_notsent).takeUnless { state.withPointer },
            state.withPointer, { onEvent(PreviewEvent.WithPointer(it)) }, Modifier.testTag("with-where"),
        )
    }
    if (state.moment?.words != null) {
        val compared = state.practice?.health?.compared == true
        SwitchLine(
            stringResource(R.string.preview_share_words),
            when {
                !compared -> stringResource(R.string.preview_words_wait)
                state.withWords -> null
                else -> stringResource(R.string.preview_notsent)
            },
            state.withWords, { onEvent(PreviewEvent.WithWords(it)) }, Modifier.testTag("with-words"),
        )
        if (!compared) QuietButton(stringResource(R.string.people_match), { onEvent(PreviewEvent.Compare) })
    }
}

/** What it will not cost, as far as they said so. */
@Composable
fun Terms(terms: AttestedTerms) {
    Part(stringResource(R.string.cost_title))
    val lines = terms.lines()
    if (lines.isEmpty()) Sub(stringResource(R.string.cost_unknown)) else lines.forEach { Line(it) }
}
