package org.attune.app.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.attune.app.R
import org.attune.app.model.AppEvent
import org.attune.app.model.Route
import org.attune.app.model.Stop

/** The vault does not open: what is true, and what can be done. Nothing was deleted. */
@Composable
fun StoppedContent(why: Stop, onEvent: (AppEvent) -> Unit) {
    Page(
        why.title(),
        first = { MainButton(stringResource(R.string.button_try_again), { onEvent(AppEvent.TryAgain) }) },
    ) {
        Said { Line(why.text()) }
        when (why) {
            Stop.LATER, Stop.NEWER, Stop.NO_ROOM, Stop.BUSY -> Unit
            Stop.KEY_GONE, Stop.DAMAGED, Stop.FAULT -> {
                Anew(onEvent)
                QuietButton(stringResource(R.string.delete_title), { onEvent(AppEvent.Go(Route.DeleteAll)) })
            }
        }
    }
}

/** The vault is being opened. */
@Composable
fun OpeningContent() {
    Page(null) { Said { Line(stringResource(R.string.open_working)) } }
}
