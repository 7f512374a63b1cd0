package org.attune.app.platform

import android.app.job.JobParameters
import android.app.job.JobService
import java.util.concurrent.CancellationException
import kotlinx.coroutines.Job
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import org.attune.AttuneException
import org.attune.app.AttuneApplication
import org.attune.app.model.SettingsStore

/**
 * One look for updates while nobody is there.
 *
 * @param look as [org.attune.app.model.House.lookWhileClosed]: whether something came; null if it has to be later
 */
internal class LookRun(private val look: suspend () -> Boolean?, private val settings: SettingsStore, private val notices: Notices) {
    /** Whether it is over; otherwise it is for later: the key cannot be had now, or the person came. */
    suspend fun run(): Boolean {
        val came = try {
            // The person who comes cancels the look, and not what waits for it.
            coroutineScope { async { look() }.await() }
        } catch (_: CancellationException) {
            currentCoroutineContext().ensureActive()
            null
        } catch (_: AttuneException) {
            null
        }
        if (came == true && settings.read().notifications) notices.post()
        return came != null
    }
}

/** What the system runs when [LookSchedule] planned it. */
class LookJob : JobService() {
    private val scope = MainScope()
    private var look: Job? = null

    override fun onStartJob(params: JobParameters): Boolean {
        val app = application as AttuneApplication
        look = scope.launch {
            val over = app.lookRun.run()
            if (over) app.looking.next(params.jobId, app.phone.settings.read().look)
            jobFinished(params, !over)
        }
        return true
    }

    /** The network went, or the time is over: what was under way is given up, and begun again later. */
    override fun onStopJob(params: JobParameters): Boolean {
        look?.cancel()
        return true
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }
}
