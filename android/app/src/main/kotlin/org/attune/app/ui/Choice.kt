package org.attune.app.ui

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.res.stringResource
import org.attune.Choice
import org.attune.WaitsFor
import org.attune.app.R
import org.attune.app.model.ChoiceEvent
import org.attune.app.model.ChoiceState

/** One choice: where it stands, what was shared, and what can be done with it. */
@Composable
fun ChoiceContent(state: ChoiceState, onEvent: (ChoiceEvent) -> Unit) {
    val done = LocalFrame.current.onBack.takeIf { state.shared }
    val foot: (@Composable ColumnScope.() -> Unit)? = done?.let { { MainButton(stringResource(R.string.button_done), it) } }
    Page(stringResource(R.string.title_choice), first = foot) {
        val choice = state.choice
        if (state.shared) Said { Line(stringResource(R.string.share_done)) }
        Block(Modifier.testTag("status")) {
            if (choice != null) {
                Said { Told(stringResource(R.string.choice_where_now), choice.statusText()) }
                choice.until?.takeIf { choice.open }?.let { Sub(stringResource(R.string.status_ends, it.text())) }
            }
        }
        if (choice == null) return@Page
        Waits(choice, onEvent)
        if (state.shared) Help(R.string.safety_share)
        state.notes.forEach { note ->
            Item(stringResource(R.string.notes_from, note.sender), note.storedAt.dayText(), { onEvent(ChoiceEvent.Note(note)) })
        }
        Shared(choice)
        Acts(choice, onEvent)
    }
}

@Composable
private fun Waits(choice: Choice, onEvent: (ChoiceEvent) -> Unit) {
    when (choice.waitsFor) {
        null -> Unit
        WaitsFor.COMPARISON -> OtherButton(stringResource(R.string.people_match), { onEvent(ChoiceEvent.Compare) })
        WaitsFor.CONFIRMATION -> OtherButton(stringResource(R.string.restore_look), { onEvent(ChoiceEvent.Restored) })
    }
}

@Composable
private fun Shared(choice: Choice) {
    Part(stringResource(R.string.choice_what))
    Column {
        Line(choice.option.title())
        Sub(stringResource(R.string.preview_to_name, choice.recipient))
    }
    choice.pointer?.let { Told(stringResource(R.string.preview_where), it.text()) }
    choice.words?.let { Told(stringResource(R.string.preview_words), it) }
}

/** What the core says can be done. To let it go is to take it back after its day. */
@Composable
private fun Acts(choice: Choice, onEvent: (ChoiceEvent) -> Unit) {
    if (choice.canTakeBack) {
        val text = if (choice.canLetGo) R.string.status_let_go else R.string.takeback_button
        OtherButton(stringResource(text), { onEvent(ChoiceEvent.TakeBack) }, Modifier.testTag("take-back"))
    }
    if (choice.canChange) OtherButton(stringResource(R.string.pick_change), { onEvent(ChoiceEvent.Change) })
    if (choice.moment != null) QuietButton(stringResource(R.string.choice_moment), { onEvent(ChoiceEvent.Moment) })
    if (choice.canErase) {
        AskingButton(
            stringResource(R.string.status_erase), stringResource(R.string.choice_erase_ask), stringResource(R.string.button_wipe),
            { onEvent(ChoiceEvent.Erase) },
        )
    }
}
