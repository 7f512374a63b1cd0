package org.attune.app.model

import android.content.Context
import android.view.View

/** Reads a code with the camera. No picture is kept. */
interface CodeScanner {
    /** Whether the device has a camera. The person is asked for it before [view] is shown. */
    val isThere: Boolean

    /**
     * A view of what the camera sees, which looks for codes for as long as it is on the screen.
     *
     * @param found told of each code that is not the one before, on the main thread
     * @param failed told if the camera cannot be had, on the main thread
     */
    fun view(context: Context, found: (String) -> Unit, failed: () -> Unit): View
}
