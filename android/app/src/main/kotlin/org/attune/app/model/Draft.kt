package org.attune.app.model

import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import org.attune.AttuneException
import org.attune.AttuneVault

/**
 * Words that are being typed. Every change is written to the vault as soon as the one before is written, so that there is nothing to
 * save, and nothing is lost when the screen is left, the app is hidden or its process ends.
 */
class Draft(private val here: Here, private val write: suspend AttuneVault.(String) -> Unit) {
    private val lock = Any()
    private var writing = false
    private var next: String? = null
    private var work: Job? = null

    /** The words are now [text]. */
    fun set(text: String) {
        synchronized(lock) {
            next = text
            if (writing) return
            writing = true
        }
        work = try {
            here.session.begin { writeAll() }
        } catch (_: AttuneException.Closed) {
            // A key pressed in the moment in which it locked.
            synchronized(lock) { writing = false }
            null
        }
    }

    private suspend fun AttuneVault.writeAll() {
        while (true) {
            val text = take() ?: break
            try {
                write(text)
            } catch (error: AttuneException) {
                here.scope.launch { here.failed(error) }
            }
        }
    }

    /** Waits until what was typed is written: it must not be written after it was shared or taken back. */
    suspend fun settle() {
        work?.join()
    }

    private fun take(): String? = synchronized(lock) {
        next.also {
            next = null
            writing = it != null
        }
    }
}
