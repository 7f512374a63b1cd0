package org.attune

/** What needs no vault, no key and no network. */
public object Attune {
    /** What input is held to. */
    public val limits: Limits by lazy { converted { org.attune.ffi.limits() } }

    /** Who can be reached in [country] (ISO 3166, two letters); empty where there is no list. */
    public fun help(kind: HelpKind, country: String): List<HelpEntry> = converted { org.attune.ffi.help(kind, country) }

    /** The words of the list that begin with [prefix], for completion while a code is typed. */
    public fun completeWord(prefix: String): List<String> = converted { org.attune.ffi.completeWord(prefix) }

    /** What a pairing code is, or why it is none, checked while it is typed. */
    public fun checkCode(text: String): CodeCheck = converted { org.attune.ffi.checkCode(text) }
}
