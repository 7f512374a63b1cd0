package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.DeleteAllEvent
import org.attune.app.model.DeleteAllState

/** *Delete all*: what is true, one clear answer, and *Not now*, which looks the same. */
@Composable
fun DeleteAllContent(state: DeleteAllState, onEvent: (DeleteAllEvent) -> Unit) {
    Page(stringResource(R.string.delete_ask)) {
        Line(stringResource(R.string.delete_sub))
        Line(stringResource(R.string.delete_shared))
        Line(stringResource(R.string.delete_sub2))
        Line(stringResource(R.string.delete_copies))
        Said {
            if (state.busy) Line(stringResource(R.string.wait_line))
            if (state.failed) Line(stringResource(R.string.delete_left))
        }
        OtherButton(stringResource(R.string.delete_yes), { onEvent(DeleteAllEvent.Delete) }, enabled = !state.busy)
        OtherButton(stringResource(R.string.button_not_now), { onEvent(DeleteAllEvent.NotNow) }, enabled = !state.busy)
    }
}
