package org.attune

import org.attune.ffi.KeyStore as KeyStoreBelow
import org.attune.ffi.KeyStoreException as Below

/**
 * A [KeyStore] as the generated layer calls it.
 *
 * Everything that is thrown is caught, `Error` too: the generated layer catches `Exception` alone, and Rust would take an
 * `Error` for success, with zeros for an answer. Of anything unexpected it would pass on the whole stack trace as text.
 */
internal class KeyStoreAdapter(private val store: KeyStore) : KeyStoreBelow {
    private val given = ArrayList<ByteArray>()

    override fun seal(secret: ByteArray, associated: ByteArray): ByteArray =
        try {
            answering { store.seal(secret, associated) }
        } finally {
            secret.fill(0)
        }

    override fun open(sealed: ByteArray, associated: ByteArray): ByteArray =
        answering { store.open(sealed, associated) }.also { key -> synchronized(given) { given += key } }

    override fun destroyKey(): Boolean {
        answering { store.destroy() }
        return true
    }

    override fun wipe() {
        synchronized(given) {
            given.forEach { key -> key.fill(0) }
            given.clear()
        }
    }

    private inline fun <T> answering(ask: () -> T): T =
        try {
            ask()
        } catch (thrown: Throwable) {
            if (thrown is InterruptedException) Thread.currentThread().interrupt()
            throw when (thrown) {
                is KeyStoreException.Locked -> Below.Locked()
                is KeyStoreException.Gone -> Below.Gone()
                is KeyStoreException.Refused -> Below.Refused()
                else -> Below.Unavailable()
            }
        }
}
