package org.attune.app.story

import java.nio.file.Files
import org.attune.trial.Desk
import org.attune.trial.Relay
import org.attune.trial.TrialClock
import org.attune.trial.World
import org.attune.trial.text

/** A relay, a therapist's desk and a front desk, each in processes of its own. No phone is paired yet. */
internal class Town(clock: TrialClock) : AutoCloseable {
    private val root = Files.createTempDirectory("attune-town")
    val relay = Relay(Files.createDirectories(root.resolve("relay")))
    val desk = Desk(root.resolve("desk"), clock)
    val front = Desk(root.resolve("front"), clock)

    init {
        desk.init(World.THERAPIST, "Therapist", relay.origin)
        front.init(World.FRONT_DESK, "Coordinator", relay.origin)
    }

    /** Eight words for one phone. */
    fun words(of: Desk): String = of.invite("--words").text("code")

    override fun close() {
        relay.close()
        root.toFile().deleteRecursively()
    }
}
