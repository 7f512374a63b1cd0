package org.attune

/**
 * How requests reach a relay: the app's own HTTP, with the system's trust store and proxies.
 *
 * A transport knows nothing of what it carries. It follows no redirect, keeps no cookie, sends no header that says more than it must, and
 * never logs a body or an address.
 */
public fun interface Transport {
    /**
     * Sends [body] by POST to [url], as `application/octet-stream`, and gives the answer, whatever its status is.
     * It throws when there is none. Cancelling the sync cancels this.
     */
    public suspend fun post(url: String, body: ByteArray): Answer
}

/** A relay's answer. Its text form shows nothing of it. */
public class Answer(
    /** The HTTP status. */
    public val status: Int,
    /** The body, whole. */
    public val body: ByteArray,
) {
    /** The type's name, and nothing of what it holds. */
    override fun toString(): String = "Answer"
}
