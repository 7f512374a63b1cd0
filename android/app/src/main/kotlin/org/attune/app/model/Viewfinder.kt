package org.attune.app.model

import android.content.Context
import android.view.View

/** Shows what the camera sees, and reads codes in it. No picture is kept. */
interface Viewfinder {
    /** The device has a camera. The person is asked for it before [open]. */
    val isThere: Boolean

    /** A view that reads for as long as it is on the screen. On the main thread, [read] gets each code, and [failed] is told once. */
    fun open(context: Context, read: (String) -> Unit, failed: () -> Unit): View
}
