package org.attune.app.ui

import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.attune.app.R
import org.attune.app.model.CompareEvent
import org.attune.app.model.CompareState

/** Four words, read aloud in the same room. Both answers look the same: the careful one is as near as the other. */
@Composable
fun CompareContent(state: CompareState, onEvent: (CompareEvent) -> Unit) {
    Page(stringResource(R.string.words_title)) {
        val practice = state.practice ?: return@Page
        Line(stringResource(R.string.words_with, practice.titleText()))
        if (state.words.isEmpty()) {
            Line(stringResource(R.string.pair_waiting))
        } else {
            Line(stringResource(R.string.words_line))
            Block { state.words.forEach { Text(it, Modifier.padding(vertical = 4.dp), style = MaterialTheme.typography.headlineMedium) } }
            // They come to where another button was: a tap in that moment was meant for that one.
            Meant(state.words) { meant ->
                OtherButton(stringResource(R.string.words_match), { meant { onEvent(CompareEvent.Match) } })
            }
            Meant(state.words) { meant ->
                OtherButton(stringResource(R.string.words_differ), { meant { onEvent(CompareEvent.Differ) } })
            }
            Sub(stringResource(R.string.link_differ))
        }
        Sub(stringResource(R.string.words_later))
        QuietButton(stringResource(R.string.button_not_now), { onEvent(CompareEvent.Later) })
    }
}
