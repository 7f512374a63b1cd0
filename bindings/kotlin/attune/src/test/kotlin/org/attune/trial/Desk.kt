package org.attune.trial

import java.nio.file.Files
import java.nio.file.Path
import java.time.format.DateTimeFormatter

/** A real desk: each call is one `attune desk` in a process of its own, at the time of [clock]. */
internal class Desk(private val folder: Path, private val clock: TrialClock) {
    private val passphrase = folder.resolveSibling("passphrase.txt")

    /** Makes it. */
    fun init(name: String, role: String, relay: String) {
        Files.writeString(passphrase, "a passphrase for trials\n")
        run(
            "init", "--name", name, "--role", role, "--relay", relay, "--no-fee",
            "--backup", "Noa Brand", "--leaves-practice", "Dates go to your insurer.",
        )
    }

    /** Makes a code and brings it to the relay. */
    fun invite(vararg options: String): Map<String, Any?> = run("invite", *options)

    /** Connects once for every client. */
    fun sync(): Map<String, Any?> = run("sync")

    /** The four words to compare with its client of that number. */
    fun words(client: String): List<String> = run("words", client).texts("words")

    /** Says that they match. */
    fun confirm(client: String) {
        run("confirm", client)
    }

    /** Who is linked. */
    fun clients(): List<Map<String, Any?>> = run("clients").objects("clients")

    /** The open cards. */
    fun inbox(): List<Map<String, Any?>> = run("inbox").objects("cards")

    /** A card, opened by a person. */
    fun open(case: String): Map<String, Any?> = run("open", case)

    /** Sends a note. */
    fun reply(case: String, text: String) {
        run("reply", case, "--text-file", file(text))
    }

    /** Says that a card is done, without a note. */
    fun done(case: String) {
        run("done", case)
    }

    /** Puts a text to its client of that number. */
    fun propose(kind: String, text: String, client: String = "1"): String =
        run("propose", client, kind, "--text-file", file(text)).text("proposal")

    /** What was put, and what is said to it. */
    fun proposal(id: String): Map<String, Any?> = run("proposals").objects("proposals").single { it["proposal"] == id }

    /** Is done with it. */
    fun closeProposal(id: String) {
        run("close-proposal", id)
    }

    /** Tells its clients how it works; an empty text takes that back. */
    fun tell(text: String) {
        run("about", "--text-file", file(text))
    }

    /** What its client of that number told about themselves. */
    fun aboutClient(client: String = "1"): String? = run("about-client", client)["text"] as String?

    private fun file(text: String): String = Files.writeString(folder.resolveSibling("text.txt"), text).toString()

    /** Runs one command, which has to succeed. */
    fun run(vararg arguments: String): Map<String, Any?> {
        val command = listOf(Party.attune, "desk") + arguments +
            listOf("--data", folder.toString(), "--passphrase-file", passphrase.toString(), "--json")
        val now = clock.instant().atZone(clock.zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
        val ended = Party.start(folder.parent, command, mapOf("ATTUNE_NOW" to now)).finish()
        check(ended.status == 0) { "desk ${arguments.first()}: ${ended.status} ${ended.errors}" }
        return readObject(ended.output)
    }
}
