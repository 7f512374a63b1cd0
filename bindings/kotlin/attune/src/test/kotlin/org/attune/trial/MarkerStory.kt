package org.attune.trial

import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.Paths
import kotlinx.coroutines.runBlocking
import org.attune.AttuneVault
import org.attune.CaseId
import org.attune.KeyStoreException
import org.attune.MisattunementId
import org.attune.OwnAbout
import org.attune.Passcode
import org.attune.PreviewId
import org.attune.ProposalId

/**
 * A story in which everything private carries a marker, and everything that goes wrong does. It prints every text form
 * and every trace that an app could print: whoever started it looks for the marker. Its argument is a folder.
 */
internal object MarkerStory {
    /** In the own words, the chosen name, the passcode, the folder's name, what a key store and a transport throw. */
    const val MARKER = "q7zx-kept-in-here"

    @JvmStatic
    fun main(arguments: Array<String>) {
        val root = Paths.get(arguments[0])
        val folder = root.resolve(MARKER)
        val store = TrialKeyStore()
        val vault = newVault(folder, store, passcode = MARKER)
        val moment = vault.flag()
        vault.setWords(moment, MARKER)
        vault.join("abandon ability able about above absent absorb abstract", "http://127.0.0.1:9", MARKER)
        check(vault.moment(moment).words == MARKER && vault.practices().single().chosenName == MARKER)
        val notReached = IOException(MARKER)
        runBlocking { vault.sync { _, _ -> throw notReached } }

        shows(vault, vault.moments(), vault.practices(), vault.offers(), vault.choices(), vault.restored(), vault.changes)
        shows(vault.practice(vault.practices().single().id), vault.proposals(), ProposalId(MARKER), OwnAbout(MARKER, false))
        shows(PreviewId(MARKER), CaseId(MARKER), AttuneVault.checkCode(MARKER), Passcode(MARKER.toCharArray()))
        declines(vault, moment)
        val copy = root.resolve("$MARKER.copy")
        runBlocking { Passcode(MARKER.toCharArray()).use { vault.saveCopy(copy, it) } }
        fails { runBlocking { Passcode(MARKER.toCharArray()).use { vault.saveCopy(copy, it) } } }
        fails { opens(folder, store, MARKER) }
        vault.close()
        fails { vault.flag() }
        opening(folder, store)
        fails { bringBack(copy, "not $MARKER", root.resolve("back-$MARKER")) }
        fails { bringBack(folder.resolve("vault.key"), MARKER, root.resolve("back-$MARKER")) }
        damage(folder, store)
        // So that whoever looks knows that both are heard.
        println(MARKER.reversed())
        System.err.println(MARKER.reversed())
    }

    private fun declines(vault: AttuneVault, moment: MisattunementId) {
        fails { vault.setWords(moment, MARKER.repeat(100)) }
        fails { vault.setWords(moment, "$MARKER \uD800") }
        fails { vault.join(MARKER) }
        fails { vault.join("attune://$MARKER/#1.$MARKER", chosenName = MARKER.repeat(9)) }
        fails { vault.share(PreviewId(MARKER)) }
        fails { vault.choice(CaseId(MARKER)) }
        fails { vault.proposal(ProposalId(MARKER)) }
        fails { vault.shareAboutMe(vault.practices().single().id, MARKER) }
        fails { Passcode("$MARKER \uD800".toCharArray()) }
    }

    private fun opening(folder: Path, store: TrialKeyStore) {
        fails { newVault(folder, store).close() }
        fails { opens(folder, store) }
        fails { opens(folder, store, "not $MARKER") }
        val failures = listOf(
            IllegalStateException(MARKER, RuntimeException(MARKER)).apply { addSuppressed(IOException(MARKER)) },
            AssertionError(MARKER),
            KeyStoreException.Locked().apply { addSuppressed(IOException(MARKER)) },
            KeyStoreException.Gone().apply { addSuppressed(IOException(MARKER)) },
        )
        for (failure in failures) {
            store.instead = { throw failure }
            fails { opens(folder, store, MARKER) }
        }
        store.insteadOfDestroying = { throw failures[0] }
        fails { runBlocking { AttuneVault.deleteAll(folder.resolve(MARKER), store) } }
        store.instead = null
        fails { opens(folder.resolve(MARKER), store, MARKER) }
        fails { AttuneVault.startOver(folder.resolve(MARKER)) }
    }

    private fun damage(folder: Path, store: TrialKeyStore) {
        val database = folder.resolve("vault.db")
        Files.write(database, Files.readAllBytes(database).also { bytes -> bytes.fill(7, 100) })
        fails { opens(folder, store, MARKER) }
    }

    private fun bringBack(copy: Path, passphrase: String, folder: Path) = runBlocking {
        Passcode(passphrase.toCharArray()).use { AttuneVault.bringBack(copy, it, folder, TrialKeyStore()).close() }
    }

    private fun shows(vararg things: Any) = things.forEach { println("shows $it") }

    /** Prints all that can be had of what is thrown. */
    private fun fails(call: () -> Unit) {
        val thrown = runCatching(call).exceptionOrNull() ?: error("nothing went wrong")
        println("fails $thrown | ${thrown.message} | ${thrown.localizedMessage} | ${thrown.cause} | ${thrown.suppressed.toList()}")
        thrown.printStackTrace()
    }
}
