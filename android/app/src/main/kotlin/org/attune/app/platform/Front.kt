package org.attune.app.platform

import android.app.Activity
import android.app.Application
import android.os.Bundle

/**
 * The activity that the person sees, while they see it. Registered with the application.
 *
 * @param came called when there is one
 */
internal class Front(private val came: () -> Unit = {}) : Application.ActivityLifecycleCallbacks {
    /** Null while none is in front. */
    var activity: Activity? = null
        private set

    override fun onActivityStarted(activity: Activity) {
        this.activity = activity
        came()
    }

    override fun onActivityStopped(activity: Activity) {
        // After a recreation the next one has started before this one stops.
        if (this.activity === activity) this.activity = null
    }

    override fun onActivityCreated(activity: Activity, savedInstanceState: Bundle?) = Unit
    override fun onActivityResumed(activity: Activity) = Unit
    override fun onActivityPaused(activity: Activity) = Unit
    override fun onActivitySaveInstanceState(activity: Activity, outState: Bundle) = Unit
    override fun onActivityDestroyed(activity: Activity) = Unit
}
