package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.PasscodeEvent
import org.attune.app.model.PasscodeState

/** The code that opening asks for: typed twice, covered unless the person wants to see it. */
@Composable
fun PasscodeContent(state: PasscodeState, onEvent: (PasscodeEvent) -> Unit) {
    val code = rememberSecret()
    val again = rememberSecret()
    var shown by remember { mutableStateOf(false) }
    var finger by remember { mutableStateOf(false) }
    val ready = !state.busy && !code.isEmpty && !again.isEmpty
    val set = { if (ready) onEvent(PasscodeEvent.Set(code.chars(), again.chars(), finger && state.canFinger)) }
    Page(
        stringResource(if (state.hasCode) R.string.set_code_change else R.string.set_code),
        first = { MainButton(stringResource(R.string.button_save), set, enabled = ready) },
    ) {
        if (!state.read) return@Page
        Line(stringResource(R.string.set_code_sub))
        Line(stringResource(R.string.set_code_forgot))
        SecretField(code, stringResource(R.string.lock_code_new), shown, enabled = !state.busy, last = false)
        SecretField(again, stringResource(R.string.lock_code_again), shown, enabled = !state.busy, onDone = set)
        Said {
            if (state.differs) Line(stringResource(R.string.lock_code_differs))
            if (state.busy) Line(stringResource(R.string.wait_line))
        }
        SwitchLine(stringResource(R.string.set_code_see), null, shown, { shown = it })
        if (state.canFinger) {
            SwitchLine(stringResource(R.string.set_touch), stringResource(R.string.set_touch_sub), finger, { finger = it })
        }
        if (state.hasCode) {
            AskingButton(
                stringResource(R.string.set_code_off), stringResource(R.string.set_code_off_ask),
                stringResource(R.string.set_code_off), { onEvent(PasscodeEvent.Remove) }, enabled = !state.busy,
            )
        }
    }
}
