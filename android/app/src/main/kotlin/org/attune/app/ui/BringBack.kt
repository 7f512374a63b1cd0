package org.attune.app.ui

import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.BringBackEvent
import org.attune.app.model.BringBackState

/** *Bring back a copy*, into an empty space. */
@Composable
fun BringBackContent(state: BringBackState, onEvent: (BringBackEvent) -> Unit) {
    val frame = LocalFrame.current
    var trouble by remember { mutableStateOf<Int?>(null) }
    val pick = rememberLauncherForActivityResult(ActivityResultContracts.OpenDocument()) { place ->
        if (place != null) onEvent(BringBackEvent.Pick(place.toString()))
    }
    Page(stringResource(R.string.copy_in)) {
        Line(stringResource(R.string.copy_in_sub))
        OtherButton(stringResource(R.string.copy_in_pick), { trouble = pick.orTrouble(frame, arrayOf("*/*")) }, enabled = !state.busy)
        Said {
            trouble?.let { Line(stringResource(it)) }
            if (state.unusable) Line(stringResource(R.string.copy_in_bad))
            if (state.full) Line(stringResource(R.string.copy_in_not_empty))
        }
        if (state.picked != null) Open(state, onEvent)
    }
}

@Composable
private fun Open(state: BringBackState, onEvent: (BringBackEvent) -> Unit) {
    val phrase = rememberSecret()
    var shown by remember { mutableStateOf(false) }
    val ready = !state.busy && !phrase.isEmpty
    val open = { if (ready) onEvent(BringBackEvent.Open(phrase.chars())) }
    SecretField(phrase, stringResource(R.string.copy_in_passphrase), shown, enabled = !state.busy, onDone = open)
    Said {
        if (state.busy) Line(stringResource(R.string.copy_in_working))
        if (state.wrong) Line(stringResource(R.string.copy_passphrase_wrong))
    }
    SwitchLine(stringResource(R.string.set_code_see), null, shown, { shown = it })
    MainButton(stringResource(R.string.copy_in), open, enabled = ready)
}
