@file:OptIn(kotlinx.coroutines.ExperimentalCoroutinesApi::class)

package org.attune.app.model

import java.nio.file.Files
import java.nio.file.Path
import java.time.Clock
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.test.TestCoroutineScheduler
import kotlinx.coroutines.test.UnconfinedTestDispatcher
import org.attune.KeyStore
import org.attune.Passcode
import org.attune.Transport
import org.attune.trial.HttpTransport
import org.attune.trial.TrialClock
import org.attune.trial.TrialKeyStore
import org.attune.trial.TrialPauses

/**
 * The app without a window, on a real vault: everything happens at once, on the test's own thread, and time stands until it is moved.
 */
internal class Rig(
    val root: Path = Files.createTempDirectory("attune-app"),
    val folder: Path = root.resolve("vault"),
    val store: KeyStore = TrialKeyStore(),
    clock: Clock = TrialClock(),
    // It waits for the answer, so that a look is over when it returns.
    transport: Transport = Transport { url, body -> runBlocking { HttpTransport.post(url, body) } },
) : AutoCloseable {
    val scheduler = TestCoroutineScheduler()
    private val main: CoroutineDispatcher = UnconfinedTestDispatcher(scheduler)
    val settings = TestSettings()
    val looking = TestLooking()
    val aloud = TestAloud()
    val finger = TestFinger()
    val documents = TestDocuments()
    val kept = TestKept()
    val phone = Phone(
        store, transport, settings, looking, aloud, finger, documents, { scheduler.currentTime }, clock, { "DE" },
        pauses = TrialPauses(),
    )
    var house = house()
        private set
    private var scope = CoroutineScope(main + Job())
    var app = App(house, phone, kept, scope)
        private set

    val state: AppState get() = app.state.value

    /** The screen that is shown, as one of type [T]. */
    inline fun <reified T : Holder<*, *>> top(): T = state.top!!.holder as T

    val home: HomeModel get() = (state.stage as Stage.Open).home

    val routes: List<Route> get() = state.above.map { it.route }

    fun on(vararg events: AppEvent) = events.forEach(app::on)

    /** The process ends without a word, and the app is started anew by the system, which kept the routes. */
    fun processDies() {
        scope.cancel()
        // What a dead process does not do: close. The next one in here has to get in.
        house.close(CoroutineScope(main))
        house = house()
        scope = CoroutineScope(main + Job())
        app = App(house, phone, kept, scope)
    }

    fun pass(millis: Long) {
        scheduler.advanceTimeBy(millis)
        scheduler.runCurrent()
    }

    override fun close() {
        house.close(CoroutineScope(main))
        scope.cancel()
        root.toFile().deleteRecursively()
    }

    private fun house() = House(folder, root.resolve("passing"), phone, main)
}

internal class TestSettings : SettingsStore {
    var kept = Settings()

    override fun read() = kept

    override fun write(settings: Settings) {
        kept = settings
    }

    override fun erase() {
        kept = Settings()
    }
}

internal class TestLooking : Looking {
    var scheduled: Look? = null

    override fun schedule(look: Look) {
        scheduled = look
    }

    override fun end() {
        scheduled = null
    }
}

internal class TestAloud : ReadAloud {
    var reading: String? = null
    private var ended: () -> Unit = {}
    override val isThere = true

    override fun read(text: String, ended: () -> Unit) {
        reading = text
        this.ended = ended
    }

    override fun stop() {
        if (reading != null) finish()
    }

    fun finish() {
        reading = null
        ended()
    }
}

internal class TestFinger : Finger {
    override var isThere = false
    private var kept: CharArray? = null
    override val isOn get() = kept != null

    override suspend fun keep(passcode: CharArray): Boolean {
        kept = passcode.copyOf()
        return true
    }

    override suspend fun passcode(): Passcode? = kept?.let { Passcode(it.copyOf()) }

    override fun forget() {
        kept = null
    }
}

internal class TestDocuments : Documents {
    val written = HashMap<String, ByteArray>()

    override fun write(from: Path, picked: String): Boolean = write(Files.readAllBytes(from), picked)

    override fun write(text: ByteArray, picked: String): Boolean {
        written[picked] = text.copyOf()
        return true
    }

    override fun read(picked: String, to: Path): Boolean {
        Files.write(to, written[picked] ?: return false)
        return true
    }
}

internal class TestKept : Kept {
    override var routes: List<String> = emptyList()
}
