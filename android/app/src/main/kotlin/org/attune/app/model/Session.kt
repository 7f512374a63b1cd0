package org.attune.app.model

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.attune.AttuneException
import org.attune.AttuneVault

/**
 * An open vault, for as long as it is open. What reads ends with the screen that reads; what writes is carried to its end
 * even when the screen is left meanwhile, so that nothing a person did is lost half-way.
 */
class Session(
    private val vault: AttuneVault,
    private val io: CoroutineDispatcher,
) {
    private val writes = CoroutineScope(SupervisorJob() + io)

    @Volatile
    private var ended = false

    /** Tells of changes; see [AttuneVault.changes]. */
    val changes get() = vault.changes

    /** Reads, off the main thread. */
    suspend fun <T> read(call: suspend AttuneVault.() -> T): T {
        if (ended) throw AttuneException.Closed()
        return withContext(io) { vault.call() }
    }

    /** Writes, off the main thread; goes on when whoever waits for it is cancelled. */
    suspend fun <T> write(call: suspend AttuneVault.() -> T): T = begin(call).await()

    /** As [write], for whoever does not wait. */
    fun <T> begin(call: suspend AttuneVault.() -> T): Deferred<T> {
        if (ended) throw AttuneException.Closed()
        return writes.async { vault.call() }
    }

    /** Ends it: nothing new begins, what was being written is written, then the vault is closed. */
    fun end(scope: CoroutineScope): Job {
        ended = true
        return scope.launch(io) {
            val under = writes.coroutineContext[Job]!!
            under.children.toList().joinAll()
            under.cancelChildren()
            writes.cancel()
            vault.close()
        }
    }

    /** The type's name, and nothing of what it holds. */
    override fun toString(): String = "Session"
}
