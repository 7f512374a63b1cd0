package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.MomentsEvent
import org.attune.app.model.MomentsState

/** Every moment, newest first. */
@Composable
fun MomentsContent(state: MomentsState, onEvent: (MomentsEvent) -> Unit) {
    Page(stringResource(R.string.home_moments)) {
        if (state.read && state.moments.isEmpty()) Line(stringResource(R.string.home_empty))
        state.moments.forEach { line ->
            Item(
                line.moment.markedText(),
                line.choice?.option?.title() ?: stringResource(R.string.state_held),
                { onEvent(MomentsEvent.Open(line.moment.id)) },
                more = line.choice?.statusText(),
            )
        }
        if (state.older) OtherButton(stringResource(R.string.mark_more), { onEvent(MomentsEvent.Older) })
        if (state.moments.isNotEmpty()) {
            AskingButton(
                stringResource(R.string.mark_erase_all), stringResource(R.string.moment_erase_all_ask), stringResource(R.string.button_wipe),
                { onEvent(MomentsEvent.EraseAll) },
            )
        }
    }
}
