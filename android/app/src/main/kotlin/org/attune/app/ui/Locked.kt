package org.attune.app.ui

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.AppEvent
import org.attune.app.model.Route
import org.attune.app.model.Stage

/** The vault is closed: a code, a finger, or one tap opens it. */
@Composable
fun LockedContent(state: Stage.Locked, onEvent: (AppEvent) -> Unit) {
    val code = rememberSecret()
    var forgot by remember { mutableStateOf(false) }
    val open = {
        when {
            !state.asksCode -> onEvent(AppEvent.Unlock(null))
            !code.isEmpty -> onEvent(AppEvent.Unlock(code.chars())).also { code.wipe() }
        }
    }
    Page(
        stringResource(R.string.lock_title),
        first = {
            if (state.asksCode && state.finger) OtherButton(stringResource(R.string.open_touch), { onEvent(AppEvent.UnlockByFinger) }, enabled = !state.busy)
            MainButton(stringResource(R.string.button_open), open, enabled = !state.busy)
        },
    ) {
        if (state.asksCode) SecretField(code, stringResource(R.string.lock_code), shown = false, enabled = !state.busy, onDone = open)
        Said {
            if (state.busy) Line(stringResource(R.string.wait_line))
            if (state.wrong && !state.busy) Line(stringResource(R.string.lock_code_wrong))
        }
        if (state.asksCode) {
            if (forgot) Forgot(onEvent) else QuietButton(stringResource(R.string.open_code_forgot), { forgot = true })
        }
    }
}

@Composable
private fun ColumnScope.Forgot(onEvent: (AppEvent) -> Unit) {
    Said { Line(stringResource(R.string.open_code_forgot_line)) }
    Anew(onEvent)
}

/** The two ways on without what is here: both set it aside, wipe nothing, and ask first. */
@Composable
internal fun ColumnScope.Anew(onEvent: (AppEvent) -> Unit) {
    val aside = stringResource(R.string.lock_start_over_sub)
    Sub(aside)
    AskingButton(
        stringResource(R.string.copy_in), aside, stringResource(R.string.copy_in),
        onYes = {
            onEvent(AppEvent.StartOver)
            onEvent(AppEvent.Go(Route.BringBack))
        },
    )
    AskingButton(
        stringResource(R.string.lock_start_over), stringResource(R.string.open_start_over_ask), stringResource(R.string.lock_start_over),
        onYes = { onEvent(AppEvent.StartOver) },
    )
}
