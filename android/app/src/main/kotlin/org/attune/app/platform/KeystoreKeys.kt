package org.attune.app.platform

import android.app.KeyguardManager
import android.content.Context
import android.os.Build
import android.os.UserManager
import android.security.keystore.BackendBusyException
import android.security.keystore.KeyPermanentlyInvalidatedException
import android.security.keystore.UserNotAuthenticatedException
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.SecretKey
import org.attune.KeyStore
import org.attune.KeyStoreException
import android.security.KeyStoreException as SystemTrouble

/**
 * The vault's key in the Android Keystore: one key for the app, on this device only, bound to no finger and no face.
 *
 * - Opening never makes a key. Sealing makes one if there is none, and otherwise uses what is there: a vault that was set
 *   aside stays as it was.
 * - "Gone" is said of a key that the Keystore calls invalidated or corrupted, or that it did not find however often it was
 *   asked. Anything that may pass is asked again a few times, then is "locked", which is to say later.
 *
 * @param isLocked whether the device is locked now: an error without a name of its own then counts as that
 * @param sleep waits that many milliseconds before the Keystore is asked again
 */
internal class KeystoreKeys(
    private val isLocked: () -> Boolean,
    private val sleep: (Long) -> Unit = Thread::sleep,
) : KeyStore {
    private val key = HardwareKey("attune.vault")

    override fun seal(secret: ByteArray, associated: ByteArray): ByteArray {
        val found = try {
            asking { key.find() ?: throw Missing() }
        } catch (_: KeyStoreException.Gone) {
            asking { key.make() }
        }
        return try {
            asking { seal(found, secret, associated) }
        } catch (_: KeyStoreException.Gone) {
            asking { seal(key.make(), secret, associated) }
        }
    }

    override fun open(sealed: ByteArray, associated: ByteArray): ByteArray {
        val parts = SealedBytes.parse(sealed) ?: throw KeyStoreException.Refused()
        return asking {
            val cipher = HardwareKey.opening(key.find() ?: throw Missing(), parts.nonce)
            cipher.updateAAD(associated)
            cipher.doFinal(parts.text)
        }
    }

    override fun destroy() = asking {
        key.delete()
        val left = try {
            key.find()
        } catch (_: UnrecoverableKeyException) {
            // It said that the key is deleted, and cannot give it.
            null
        }
        if (left != null) throw KeyStoreException.Unavailable()
    }

    private fun seal(key: SecretKey, secret: ByteArray, associated: ByteArray): ByteArray {
        val cipher = HardwareKey.sealing(key)
        val nonce = cipher.iv
        if (nonce?.size != SealedBytes.NONCE) throw KeyStoreException.Unavailable()
        cipher.updateAAD(associated)
        return SealedBytes(nonce, cipher.doFinal(secret)).toBytes()
    }

    private fun <T> asking(attempt: () -> T): T {
        val troubles = ArrayList<Trouble>()
        while (true) {
            val trouble = try {
                return attempt()
            } catch (known: KeyStoreException) {
                throw known
            } catch (thrown: Exception) {
                troubleOf(thrown)
            }
            troubles += trouble
            when (trouble) {
                Trouble.LOCKED -> throw KeyStoreException.Locked()
                Trouble.GONE -> throw KeyStoreException.Gone()
                Trouble.REFUSED -> throw KeyStoreException.Refused()
                Trouble.MISSING, Trouble.PASSING, Trouble.UNKNOWN -> Unit
            }
            sleep(PAUSES.getOrNull(troubles.size - 1) ?: throw outcome(troubles))
        }
    }

    private fun outcome(troubles: List<Trouble>): KeyStoreException = when {
        troubles.all { it == Trouble.MISSING } -> KeyStoreException.Gone()
        troubles.last() == Trouble.PASSING || isLocked() -> KeyStoreException.Locked()
        else -> KeyStoreException.Unavailable()
    }

    private class Missing : Exception()

    private enum class Trouble { LOCKED, GONE, REFUSED, MISSING, PASSING, UNKNOWN }

    private fun troubleOf(thrown: Throwable): Trouble =
        generateSequence(thrown) { it.cause }.take(DEEPEST).firstNotNullOfOrNull(::named) ?: Trouble.UNKNOWN

    private fun named(thrown: Throwable): Trouble? = when (thrown) {
        is Missing -> Trouble.MISSING
        is AEADBadTagException -> Trouble.REFUSED
        is UserNotAuthenticatedException -> Trouble.LOCKED
        is KeyPermanentlyInvalidatedException -> Trouble.GONE
        // How the Keystore passes on that a key was invalidated, when it is asked for the key.
        is UnrecoverableKeyException -> if (thrown.cause == null) Trouble.GONE else null
        else -> when {
            Build.VERSION.SDK_INT >= Build.VERSION_CODES.S && thrown is BackendBusyException -> Trouble.PASSING
            Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU && thrown is SystemTrouble -> numbered(thrown)
            else -> null
        }
    }

    private fun numbered(thrown: SystemTrouble): Trouble? = when (thrown.numericErrorCode) {
        SystemTrouble.ERROR_USER_AUTHENTICATION_REQUIRED, SystemTrouble.ERROR_KEYSTORE_UNINITIALIZED -> Trouble.LOCKED
        SystemTrouble.ERROR_KEY_DOES_NOT_EXIST -> Trouble.MISSING
        SystemTrouble.ERROR_KEY_CORRUPTED -> Trouble.GONE
        else -> if (thrown.isTransientFailure) Trouble.PASSING else null
    }

    companion object {
        /** Before each further attempt, in milliseconds. Somebody waits, and the Keystore's own process restarts within these. */
        val PAUSES = listOf(50L, 100L, 250L)

        /** No chain of causes is longer, and one that goes in circles ends. */
        private const val DEEPEST = 8

        /** On a device. */
        fun on(context: Context): KeystoreKeys {
            val users = context.getSystemService(UserManager::class.java)
            val guard = context.getSystemService(KeyguardManager::class.java)
            return KeystoreKeys(isLocked = { !users.isUserUnlocked || guard.isDeviceLocked })
        }
    }
}
