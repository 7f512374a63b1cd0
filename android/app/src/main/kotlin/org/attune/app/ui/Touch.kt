package org.attune.app.ui

import android.view.MotionEvent
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.compositionLocalOf
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import org.attune.app.R

/** The touch that is under way, as far as it matters whose window it came through. */
class Touch {
    /** Another app's window lies over a part of this one. A tap of a screen reader or a key comes through none. */
    var isCovered: Boolean = false
        private set

    /** Passes [event] on by [pass]: a touch is covered if any event of it was. */
    fun <T> during(event: MotionEvent, pass: () -> T): T {
        if (event.actionMasked == MotionEvent.ACTION_DOWN) isCovered = false
        isCovered = isCovered || event.flags and COVERED != 0
        try {
            return pass()
        } finally {
            if (event.actionMasked == MotionEvent.ACTION_UP || event.actionMasked == MotionEvent.ACTION_CANCEL) isCovered = false
        }
    }

    private companion object {
        const val COVERED = MotionEvent.FLAG_WINDOW_IS_OBSCURED or MotionEvent.FLAG_WINDOW_IS_PARTIALLY_OBSCURED
    }
}

/** What sends something of the person's. It takes no touch that came through another app's window, and says so. */
@Composable
fun ShareButton(text: String, onShare: () -> Unit, modifier: Modifier = Modifier, enabled: Boolean = true) {
    val touch = LocalTouch.current
    var covered by remember { mutableStateOf(false) }
    Column(verticalArrangement = if (covered) Arrangement.spacedBy(8.dp) else Arrangement.Top) {
        Said { if (covered) Line(stringResource(R.string.share_covered)) }
        MainButton(
            text,
            {
                covered = touch.isCovered
                if (!covered) onShare()
            },
            modifier, enabled,
        )
    }
}

/** The one of the window. */
val LocalTouch = compositionLocalOf { Touch() }
