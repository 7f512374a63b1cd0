package org.attune.app.ui

import android.os.SystemClock
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

/** The touch that is under way, as far as it matters whose window it came through and when it began. */
class Touch {
    /** Another app's window lies over a part of this one. A tap of a screen reader or a key comes through none. */
    var isCovered: Boolean = false
        private set

    /** When it began, on the clock of [SystemClock.uptimeMillis]; null for a tap of a screen reader or a key. */
    var began: Long? = null
        private set

    /** Passes [event] on by [pass]: a touch is covered if any event of it was. */
    fun <T> during(event: MotionEvent, pass: () -> T): T {
        if (event.actionMasked == MotionEvent.ACTION_DOWN) isCovered = false
        began = event.downTime
        isCovered = isCovered || event.flags and COVERED != 0
        try {
            return pass()
        } finally {
            began = null
            if (event.actionMasked == MotionEvent.ACTION_UP || event.actionMasked == MotionEvent.ACTION_CANCEL) isCovered = false
        }
    }

    private companion object {
        const val COVERED = MotionEvent.FLAG_WINDOW_IS_OBSCURED or MotionEvent.FLAG_WINDOW_IS_PARTIALLY_OBSCURED
    }
}

/**
 * Tells a touch that was meant for what is shown from the rest of a tremor: shaking fingers tap several times in one place, and what they
 * meant was on the screen before.
 */
class Steady(private var since: Long) {
    /** Whether a touch that [began] then was meant. One that was not begins the wait anew. */
    fun lets(began: Long?): Boolean {
        if (began == null || began - since >= SETTLED) return true
        since = maxOf(since, began)
        return false
    }

    private companion object {
        /** Milliseconds. Tremor taps several times a second; whoever reads before sharing needs longer. */
        const val SETTLED = 400
    }
}

/**
 * Lets a touch through that was meant for what is shown: none that came through another app's window, which is said, and none that came
 * with the screen, or in a row with one that did. [content] tells what the button would do from anything else: where that changes, it is
 * as if the screen came anew.
 */
@Composable
fun Meant(content: Any?, button: @Composable (meant: (() -> Unit) -> Unit) -> Unit) {
    val touch = LocalTouch.current
    var covered by remember { mutableStateOf(false) }
    val steady = remember(content) { Steady(SystemClock.uptimeMillis()) }
    Column(verticalArrangement = if (covered) Arrangement.spacedBy(8.dp) else Arrangement.Top) {
        Said { if (covered) Line(stringResource(R.string.share_covered)) }
        button { act ->
            if (steady.lets(touch.began)) {
                covered = touch.isCovered
                if (!covered) act()
            }
        }
    }
}

/** What sends something of the person's, by a touch that was [Meant] for it. [content] tells what it would send from anything else. */
@Composable
fun ShareButton(text: String, content: Any?, onShare: () -> Unit, modifier: Modifier = Modifier, enabled: Boolean = true) {
    // Where it can only now be sent, too, it is as if the screen came anew.
    Meant(content to enabled) { meant -> MainButton(text, { meant(onShare) }, modifier, enabled) }
}

/** The one of the window. */
val LocalTouch = compositionLocalOf { Touch() }
