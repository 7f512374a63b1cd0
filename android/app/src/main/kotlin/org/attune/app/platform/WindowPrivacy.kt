package org.attune.app.platform

import android.app.Activity
import android.os.Build
import android.view.View
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import android.view.contentcapture.ContentCaptureManager

/**
 * What of the window others may see. The activity calls [begin] before it shows anything, and passes on what happens
 * to it. Services for accessibility are served as ever.
 */
class WindowPrivacy(private val activity: Activity) {
    private var screenshots = false
    private var inFront = false

    /** Hidden in the list of recent apps, no pictures of the screen, nothing for autofill or for the system to learn from. */
    fun begin() {
        val window = activity.window
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) activity.setRecentsScreenshotEnabled(false)
        apply()
        val decor = window.decorView
        decor.importantForAutofill = View.IMPORTANT_FOR_AUTOFILL_NO_EXCLUDE_DESCENDANTS
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) {
            activity.getSystemService(ContentCaptureManager::class.java)?.isContentCaptureEnabled = false
        }
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
            decor.importantForContentCapture = View.IMPORTANT_FOR_CONTENT_CAPTURE_NO_EXCLUDE_DESCENDANTS
        }
    }

    /** Whether the person lets pictures of the screen be taken. */
    fun allow(screenshots: Boolean) {
        this.screenshots = screenshots
        apply()
    }

    /** The window has the person's attention, or no longer: from `onWindowFocusChanged` and `onPause`. */
    fun attention(has: Boolean) {
        inFront = has
        apply()
    }

    private fun apply() {
        // Before Android 13 the picture for the list of recent apps can be kept out by the same flag alone.
        val recents = Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU && !inFront
        if (screenshots && !recents) activity.window.clearFlags(FLAG_SECURE) else activity.window.addFlags(FLAG_SECURE)
    }
}
