package org.attune.app.ui

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.attune.app.R

/** Lines that come and go. The place is always there, so that a screen reader says what comes into it. */
@Composable
fun Said(modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) {
    Column(
        modifier.fillMaxWidth().semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite },
        verticalArrangement = Arrangement.spacedBy(8.dp),
        content = content,
    )
}

/** A question with its two answers, in place: both look the same. */
@Composable
fun Question(text: String, yes: String, onYes: () -> Unit, onNo: () -> Unit, modifier: Modifier = Modifier, line: String? = null) {
    Block(modifier) {
        Said {
            Line(text)
            if (line != null) Sub(line)
        }
        OtherButton(yes, onYes, APART)
        OtherButton(stringResource(R.string.button_not_now), onNo)
    }
}

/** Something that cannot be undone: the button asks first, in place, with a [line] on what comes of it. */
@Composable
fun AskingButton(
    text: String,
    ask: String,
    yes: String,
    onYes: () -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
    line: String? = null,
) {
    var asking by rememberSaveable { mutableStateOf(false) }
    if (asking) {
        Question(ask, yes, onYes = { asking = false; onYes() }, onNo = { asking = false }, modifier, line)
    } else {
        QuietButton(text, { asking = true }, modifier, enabled)
    }
}

/** A button below lines, on the same ground. */
internal val APART = Modifier.padding(top = 4.dp)
