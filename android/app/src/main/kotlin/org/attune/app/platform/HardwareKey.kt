package org.attune.app.platform

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.security.keystore.StrongBoxUnavailableException
import java.security.KeyStore
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * An AES-256-GCM key of the Android Keystore. It never leaves it, no backup holds it, and it goes with the app.
 *
 * Whatever the Keystore throws comes out of here as it was thrown.
 */
internal class HardwareKey(private val alias: String, private val further: KeyGenParameterSpec.Builder.() -> Unit = {}) {
    /**
     * The key; null if the Keystore says that there is none. It is asked for the key itself: `containsAlias` also says no
     * when it only could not look.
     */
    fun find(): SecretKey? = store().getKey(alias, null) as SecretKey?

    /** Makes the key, in place of one of the same name. In a chip of its own where there is one. */
    fun make(): SecretKey = try {
        make(strongBox = true)
    } catch (_: StrongBoxUnavailableException) {
        make(strongBox = false)
    }

    /** Deletes it. There need be none. */
    fun delete() = store().deleteEntry(alias)

    private fun make(strongBox: Boolean): SecretKey {
        val uses = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec = KeyGenParameterSpec.Builder(alias, uses)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(KEY_BITS)
            .setRandomizedEncryptionRequired(true)
            .setIsStrongBoxBacked(strongBox)
            .apply(further)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER).apply { init(spec) }.generateKey()
    }

    private fun store(): KeyStore = KeyStore.getInstance(PROVIDER).apply { load(null) }

    companion object {
        private const val PROVIDER = "AndroidKeyStore"
        private const val TRANSFORMATION = "AES/GCM/NoPadding"
        private const val KEY_BITS = 256
        private const val TAG_BITS = 128

        /** Ready to seal. The Keystore picks the nonce; nobody else may. */
        fun sealing(key: SecretKey): Cipher = Cipher.getInstance(TRANSFORMATION).apply { init(Cipher.ENCRYPT_MODE, key) }

        /** Ready to open what was sealed with [nonce]. */
        fun opening(key: SecretKey, nonce: ByteArray): Cipher = Cipher.getInstance(TRANSFORMATION).apply {
            init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, nonce))
        }
    }
}

/**
 * What a [HardwareKey] sealed, as it is kept.
 *
 * | off | len | field |
 * |---|---|---|
 * | 0 | 1 | format, 1 |
 * | 1 | 12 | nonce |
 * | 13 | n + 16 | ciphertext and tag of AES-256-GCM |
 */
internal class SealedBytes(val nonce: ByteArray, val text: ByteArray) {
    fun toBytes(): ByteArray = byteArrayOf(FORMAT) + nonce + text

    companion object {
        private const val FORMAT: Byte = 1
        private const val TAG = 16
        const val NONCE = 12

        /** The parts of [bytes]; null if they are not of this format. */
        fun parse(bytes: ByteArray): SealedBytes? {
            if (bytes.size < 1 + NONCE + TAG || bytes[0] != FORMAT) return null
            return SealedBytes(bytes.copyOfRange(1, 1 + NONCE), bytes.copyOfRange(1 + NONCE, bytes.size))
        }
    }
}
