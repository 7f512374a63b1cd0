package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.HelpEvent
import org.attune.app.model.HelpState

/** *Was it more than a mistake?*: people outside of the clinic. */
@Composable
fun SeriousContent(state: HelpState, onEvent: (HelpEvent) -> Unit) {
    Page(stringResource(R.string.serious_line)) {
        Line(stringResource(R.string.serious_list))
        HelpList(state, stringResource(R.string.serious_fallback), onEvent)
    }
}
