package org.attune.app.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.attune.app.R
import org.attune.app.model.NoteEvent
import org.attune.app.model.NoteState

/** A note, part by part as it was written. No reply is needed. */
@Composable
fun NoteContent(state: NoteState, onEvent: (NoteEvent) -> Unit) {
    Page(stringResource(R.string.title_note)) {
        val note = state.note ?: return@Page
        Column {
            Sub(stringResource(R.string.notes_from, note.sender))
            Sub(note.storedAt.dayText())
        }
        Column(verticalArrangement = Arrangement.spacedBy(20.dp), modifier = Modifier.padding(vertical = 8.dp)) {
            note.text.split("\n\n").filter { it.isNotBlank() }.forEach { part -> Line(part.trim(), Modifier.fillMaxWidth()) }
        }
        Sub(stringResource(R.string.notes_no_reply))
        if (state.canReadAloud) {
            val text = if (state.reading) R.string.read_stop else R.string.read_aloud
            OtherButton(stringResource(text), { onEvent(NoteEvent.Aloud) }, Modifier.testTag("aloud"))
            Sub(stringResource(R.string.read_near))
        }
        QuietButton(stringResource(R.string.title_choice), { onEvent(NoteEvent.Choice) })
        AskingButton(
            stringResource(R.string.note_erase), stringResource(R.string.note_erase_ask), stringResource(R.string.button_wipe),
            { onEvent(NoteEvent.Erase) },
        )
    }
}
