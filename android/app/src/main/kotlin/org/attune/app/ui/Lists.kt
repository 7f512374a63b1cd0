package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.ChoicesEvent
import org.attune.app.model.ChoicesState
import org.attune.app.model.NotesEvent
import org.attune.app.model.NotesState

/** Every choice, newest first. */
@Composable
fun ChoicesContent(state: ChoicesState, onEvent: (ChoicesEvent) -> Unit) {
    Page(stringResource(R.string.home_choices)) {
        if (state.read && state.choices.isEmpty()) Line(stringResource(R.string.status_none))
        state.choices.forEach { choice -> ChoiceItem(choice, { onEvent(ChoicesEvent.Open(choice)) }) }
    }
}

/** Every note, newest first. */
@Composable
fun NotesContent(state: NotesState, onEvent: (NotesEvent) -> Unit) {
    Page(stringResource(R.string.home_notes)) {
        if (state.read && state.notes.isEmpty()) Line(stringResource(R.string.notes_none))
        state.notes.forEach { note ->
            Item(stringResource(R.string.notes_from, note.sender), note.storedAt.dayText(), { onEvent(NotesEvent.Open(note.id)) })
        }
    }
}
