package org.attune.trial

import java.nio.file.Path

/** A relay in a process of its own, over the database `relay.db` in [folder]. */
internal class Relay(private val folder: Path, port: Int = 0) : AutoCloseable {
    private val party = Party.start(
        folder,
        listOf(
            Party.attune, "relay", "serve", "--open", "--json",
            "--listen", "127.0.0.1:$port", "--database", folder.resolve("relay.db").toString(),
            // The tests knock faster than people do.
            "--lane-per-minute", "100000", "--lane-burst", "100000",
            "--address-per-minute", "100000", "--address-burst", "100000",
        ),
    )

    /** Where it listens. */
    val origin: String = readObject(party.line() ?: error("no relay: ${party.errors()}")).text("origin")

    /** The port in [origin]. */
    val port: Int get() = origin.substringAfterLast(':').toInt()

    override fun close() = party.close()
}
