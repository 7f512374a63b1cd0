package org.attune.app.ui

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.provider.Settings
import android.text.BidiFormatter
import android.text.TextDirectionHeuristics

/** A call as far as the dialler, with the number in it: the person presses the last button there. False if nothing can call. */
fun Context.dial(number: String): Boolean = leaveFor(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", number, null)))

/** A page, in a browser. False if there is none. */
fun Context.browse(page: String): Boolean = leaveFor(Intent(Intent.ACTION_VIEW, Uri.parse(page)))

/** What the phone's own settings say of this app: permissions. */
fun Context.openAppSettings(): Boolean = openSettings(Settings.ACTION_APPLICATION_DETAILS_SETTINGS)

/** One of the pages of the phone's settings that are about one app. */
fun Context.openSettings(page: String): Boolean = leaveFor(Intent(page, Uri.fromParts("package", packageName, null)))

/** The phone's settings for this app's notices. */
fun Context.openNoticeSettings(): Boolean =
    leaveFor(Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS).putExtra(Settings.EXTRA_APP_PACKAGE, packageName))

/** Numbers and addresses read from left to right whatever the app's language is. */
fun leftToRight(text: String): String = BidiFormatter.getInstance().unicodeWrap(text, TextDirectionHeuristics.LTR)

/** In a task of its own: what was looked at is not in this app's. */
private fun Context.leaveFor(intent: Intent): Boolean = try {
    startActivity(intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
    true
} catch (_: ActivityNotFoundException) {
    false
}
