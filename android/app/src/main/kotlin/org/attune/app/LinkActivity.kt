package org.attune.app

import android.app.Activity
import android.content.Intent
import android.os.Bundle

/**
 * Takes a pairing's link from the practice's page, and hands it to the window inside of the process.
 *
 * The link is a key. The system writes down what each task of the list of recent apps was begun with; so the window is never begun with
 * a link, and this activity, which draws nothing and is over at once, is kept out of that list.
 */
class LinkActivity : Activity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        val link = intent.takeIf { it.action == Intent.ACTION_VIEW }?.dataString
        if (savedInstanceState == null && link != null && link.length <= LONGEST) (application as AttuneApplication).openedWith(link)
        startActivity(
            Intent(Intent.ACTION_MAIN)
                .addCategory(Intent.CATEGORY_LAUNCHER)
                .setClass(this, MainActivity::class.java)
                .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK),
        )
        finish()
    }

    private companion object {
        const val LONGEST = 4096
    }
}
