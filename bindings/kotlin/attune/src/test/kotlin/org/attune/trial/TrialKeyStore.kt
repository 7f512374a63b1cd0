package org.attune.trial

import java.security.GeneralSecurityException
import java.security.SecureRandom
import java.util.concurrent.CopyOnWriteArrayList
import javax.crypto.Cipher
import javax.crypto.spec.GCMParameterSpec
import javax.crypto.spec.SecretKeySpec
import org.attune.KeyStore
import org.attune.KeyStoreException

/** A key store over a key in memory, which can be made to fail in every way. */
internal class TrialKeyStore(private val key: ByteArray = random(32)) : KeyStore {
    /** What it answers to sealing and opening instead of the right thing. */
    @Volatile
    var instead: (() -> ByteArray)? = null

    /** What it does instead of destroying its key. */
    @Volatile
    var insteadOfDestroying: (() -> Unit)? = null

    /** What happens while it is asked. */
    @Volatile
    var whileAsked: () -> Unit = {}

    /** Whether its key was destroyed. */
    @Volatile
    var destroyed = false

    /** The very arrays with secrets that it was given to seal. */
    val handedIn = CopyOnWriteArrayList<ByteArray>()

    /** The very arrays with secrets that it gave when it opened. */
    val handedOut = CopyOnWriteArrayList<ByteArray>()

    /** What those arrays held at the time. */
    val secrets = CopyOnWriteArrayList<ByteArray>()

    override fun seal(secret: ByteArray, associated: ByteArray): ByteArray {
        handedIn += secret
        secrets += secret.copyOf()
        whileAsked()
        instead?.let { return it() }
        val nonce = random(NONCE)
        return nonce + cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(secret)
    }

    override fun open(sealed: ByteArray, associated: ByteArray): ByteArray {
        whileAsked()
        instead?.let { return it() }
        if (destroyed) throw KeyStoreException.Gone()
        val nonce = sealed.copyOf(NONCE)
        val secret = try {
            cipher(Cipher.DECRYPT_MODE, nonce, associated).doFinal(sealed, NONCE, sealed.size - NONCE)
        } catch (_: GeneralSecurityException) {
            throw KeyStoreException.Refused()
        }
        handedOut += secret
        secrets += secret.copyOf()
        return secret
    }

    override fun destroy() {
        insteadOfDestroying?.let { return it() }
        destroyed = true
    }

    private fun cipher(mode: Int, nonce: ByteArray, associated: ByteArray): Cipher {
        val cipher = Cipher.getInstance("AES/GCM/NoPadding")
        cipher.init(mode, SecretKeySpec(key, "AES"), GCMParameterSpec(128, nonce))
        cipher.updateAAD(associated)
        return cipher
    }

    private companion object {
        const val NONCE = 12

        fun random(count: Int): ByteArray = ByteArray(count).also { SecureRandom().nextBytes(it) }
    }
}
