package org.attune

/**
 * Where the vault's key is sealed: on a phone, a key in the Android Keystore that never leaves it.
 *
 * The library hands over 32 bytes to seal and keeps what comes back in a file beside the database. It believes no answer
 * unseen: what was sealed is opened again before it is relied on, and an empty, short or zeroed answer is a failure.
 *
 * Called on the thread of whoever calls the vault, with no lock held: calling the vault from here does not block. Say what went wrong by a
 * [KeyStoreException]; whatever else is thrown, an `Error` too, counts as [KeyStoreException.Unavailable], and its text goes nowhere.
 */
public interface KeyStore {
    /**
     * Seals [secret] and binds it to [associated]. Both arrays are the vault's: [secret] is overwritten as soon as this
     * returns, so keep neither.
     *
     * @throws KeyStoreException
     */
    public fun seal(secret: ByteArray, associated: ByteArray): ByteArray

    /**
     * Opens what [seal] gave. Bound to other bytes, it is [KeyStoreException.Refused]. The answer is the vault's from
     * then on, and is overwritten after use: give an array of its own.
     *
     * @throws KeyStoreException
     */
    public fun open(sealed: ByteArray, associated: ByteArray): ByteArray

    /**
     * Destroys the store's own key, for good. Works while locked, and when nothing is left to destroy. Returning says
     * that it is gone.
     *
     * @throws KeyStoreException when it could not be destroyed
     */
    public fun destroy()
}

/** Why a key store did not do what it was asked. "Locked" is not "gone". No text and no cause: neither would be read. */
public sealed class KeyStoreException(message: String) : Exception(message, null) {

    /** Not now: the device or the store has to be unlocked first. The key is still there. */
    public class Locked : KeyStoreException("the key store is locked")

    /** The store's key no longer exists, and never will again. */
    public class Gone : KeyStoreException("the key store no longer has its key")

    /** What was to be opened was not sealed by this store for this purpose, or the store will not seal. */
    public class Refused : KeyStoreException("the key store refused")

    /** The store could not be reached. */
    public class Unavailable : KeyStoreException("the key store could not be reached")
}
