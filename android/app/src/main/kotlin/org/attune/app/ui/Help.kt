package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.HelpEvent
import org.attune.app.model.HelpState

/** *Get help now*: who can be called, on the phone, without a network. */
@Composable
fun HelpContent(state: HelpState, onEvent: (HelpEvent) -> Unit) {
    Page(stringResource(R.string.safety_list_title)) {
        HelpList(state, stringResource(R.string.safety_fallback), onEvent)
        Item(stringResource(R.string.serious_line), stringResource(R.string.serious_sub), { onEvent(HelpEvent.Serious) })
    }
}
