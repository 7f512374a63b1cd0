package org.attune

/** What the disk or the file system did not do. */
public typealias StorageTrouble = org.attune.ffi.StorageTrouble

/** Why a call was declined. */
public typealias Why = org.attune.ffi.Why

/**
 * Why a call did not do what was asked. Whatever it says, nothing was lost.
 *
 * There is one kind for each thing that an app can do about it. None has a cause or a text from below, so that no log
 * and no crash report can hold anything of a person's.
 */
public sealed class AttuneException(message: String) : Exception(message, null) {

    /** The vault was closed: open it again. */
    public class Closed : AttuneException("the vault is closed")

    /** The key store cannot answer now: try again once the device is unlocked. */
    public class Locked : AttuneException("the key store is locked")

    /** The key is gone for good: a copy can be brought back, or one starts over. */
    public class KeyGone : AttuneException("the key to the vault is gone")

    /** A passcode is set and none was given: ask for it. */
    public class PasscodeNeeded : AttuneException("a passcode is needed")

    /** It is not the passcode, or not the passphrase of the copy: ask again. */
    public class WrongPasscode : AttuneException("the passcode is not right")

    /** The vault, or the copy, is not as it was written. Nothing was deleted. */
    public class Damaged : AttuneException("the vault is damaged")

    /** A newer version of the app wrote it: update. */
    public class NewerVersion : AttuneException("a newer version wrote this vault")

    /** The disk or the file system did not do it: [why] says which. */
    public class Storage(public val why: StorageTrouble) : AttuneException("the storage did not do it: $why")

    /** A rule does not allow it, or what was given cannot be used: [why] says which. */
    public class Declined(public val why: Why) : AttuneException("declined: $why")

    /** A fault of the library. Nothing that could be acted on. */
    public class Internal : AttuneException("a fault in the library")
}
