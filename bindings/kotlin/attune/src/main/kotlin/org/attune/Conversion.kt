package org.attune

import java.nio.charset.CharacterCodingException
import java.time.DateTimeException
import kotlin.coroutines.cancellation.CancellationException
import org.attune.ffi.AttuneException as Below

/**
 * Runs a call of the generated layer. The one place where what comes out of it becomes an error of ours: everything
 * below may carry texts (a panic's, a stack trace of a callback), and none of them passes.
 *
 * A library that cannot be loaded or a JVM out of memory is no outcome of a call: those pass as they are.
 */
internal inline fun <T> converted(call: () -> T): T =
    try {
        call()
    } catch (thrown: Throwable) {
        throw thrown.converted()
    }

/** What is thrown instead. */
@PublishedApi
internal fun Throwable.converted(): Throwable = when (this) {
    is AttuneException, is CancellationException, is LinkageError, is VirtualMachineError -> this
    is Below -> ours()
    // Texts with half a character, instants and days beyond the calendar: refused while they are handed over.
    is CharacterCodingException, is ArithmeticException, is DateTimeException -> AttuneException.Declined(Why.BAD_INPUT)
    else -> AttuneException.Internal()
}

private fun Below.ours(): AttuneException = when (this) {
    is Below.Closed -> AttuneException.Closed()
    is Below.Locked -> AttuneException.Locked()
    is Below.KeyGone -> AttuneException.KeyGone()
    is Below.PasscodeNeeded -> AttuneException.PasscodeNeeded()
    is Below.WrongPasscode -> AttuneException.WrongPasscode()
    is Below.Damaged -> AttuneException.Damaged()
    is Below.NewerVersion -> AttuneException.NewerVersion()
    is Below.Storage -> AttuneException.Storage(why)
    is Below.Declined -> AttuneException.Declined(why)
    is Below.Internal -> AttuneException.Internal()
}
