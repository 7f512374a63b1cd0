package org.attune.app

import android.app.Application
import android.content.pm.ApplicationInfo
import kotlinx.coroutines.Dispatchers
import org.attune.app.model.House
import org.attune.app.model.Phone
import org.attune.app.model.Viewfinder
import org.attune.app.platform.AlarmWait
import org.attune.app.platform.CameraFinder
import org.attune.app.platform.DeviceClock
import org.attune.app.platform.DeviceTime
import org.attune.app.platform.FingerCopy
import org.attune.app.platform.Front
import org.attune.app.platform.HttpTransport
import org.attune.app.platform.KeystoreKeys
import org.attune.app.platform.LookRun
import org.attune.app.platform.LookSchedule
import org.attune.app.platform.Notices
import org.attune.app.platform.PickedDocuments
import org.attune.app.platform.SavedSettings
import org.attune.app.platform.Speech
import org.attune.app.platform.SystemPrompt
import org.attune.app.platform.countryOf

/** The process of the app: what the device does for it, and the one house that both the person and the job come to. */
open class AttuneApplication : Application() {
    // Whoever opened the app needs no word of an update.
    private val front: Front = Front { notices.clear() }

    /** What the device does for the app. */
    val phone: Phone by lazy { equip() }

    /** The vault's folder, which no backup takes, and who has it open. */
    val house: House by lazy {
        val passing = cacheDir.resolve("passing")
        // What a process that was killed may have left there.
        passing.deleteRecursively()
        House(noBackupFilesDir.toPath().resolve("vault"), passing.toPath(), phone, Dispatchers.IO)
    }

    /** The camera, for pairing. */
    val viewfinder: Viewfinder by lazy { CameraFinder(this) }

    /** The one notification. */
    internal val notices: Notices by lazy { Notices(this, isInFront = { front.activity != null }) }
    internal val looking: LookSchedule by lazy { LookSchedule(this) }
    internal val lookRun: LookRun by lazy { LookRun(house::lookWhileClosed, phone.settings, notices) }

    /** A pairing's link that nobody has taken yet: a key for a short while, and so kept nowhere else. */
    private var link: String? = null

    /** The app was opened with [link]. */
    internal fun openedWith(link: String) {
        this.link = link
    }

    /** The link, once. */
    internal fun takeLink(): String? = link.also { link = null }

    /** What [phone] is made of: a test puts the time and other things outside of the app in place of some of it. */
    protected open fun equip(): Phone = Phone(
        keys = KeystoreKeys.on(this),
        transport = HttpTransport(loopback = applicationInfo.flags and ApplicationInfo.FLAG_DEBUGGABLE != 0),
        settings = SavedSettings(this),
        looking = looking,
        aloud = Speech(this),
        finger = FingerCopy(noBackupFilesDir.toPath().resolve("finger"), { SystemPrompt.isEnrolled(this) }, SystemPrompt(front), Dispatchers.IO),
        documents = PickedDocuments(contentResolver),
        time = DeviceTime,
        clock = DeviceClock,
        country = { countryOf(this) },
        wait = AlarmWait(this),
    )

    override fun onCreate() {
        super.onCreate()
        registerActivityLifecycleCallbacks(front)
    }
}
