package org.attune.app.ui

import android.view.MotionEvent
import androidx.compose.runtime.compositionLocalOf

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

/** The one of the window. */
val LocalTouch = compositionLocalOf { Touch() }
