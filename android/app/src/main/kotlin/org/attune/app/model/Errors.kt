package org.attune.app.model

import org.attune.AttuneException
import org.attune.StorageTrouble
import org.attune.Why

/** Why the vault cannot be opened. A passcode that lacks or is wrong is no such reason: it is asked for. */
fun stopOf(error: AttuneException): Stop = when (error) {
    is AttuneException.Locked -> Stop.LATER
    is AttuneException.KeyGone -> Stop.KEY_GONE
    is AttuneException.Damaged -> Stop.DAMAGED
    is AttuneException.NewerVersion -> Stop.NEWER
    is AttuneException.Storage -> when (error.why) {
        StorageTrouble.NO_ROOM -> Stop.NO_ROOM
        StorageTrouble.BUSY -> Stop.BUSY
        StorageTrouble.ABSENT, StorageTrouble.EXISTS, StorageTrouble.UNAVAILABLE -> Stop.FAULT
    }
    is AttuneException.Declined, is AttuneException.Closed, is AttuneException.Internal,
    is AttuneException.PasscodeNeeded, is AttuneException.WrongPasscode -> Stop.FAULT
}

/** What is said when something was not done. Nothing was lost. */
fun noticeOf(error: AttuneException): Notice = when (error) {
    is AttuneException.Locked -> Notice.LATER
    is AttuneException.WrongPasscode, is AttuneException.PasscodeNeeded -> Notice.WRONG_CODE
    is AttuneException.Damaged -> Notice.DAMAGED
    is AttuneException.NewerVersion -> Notice.NEWER
    is AttuneException.Storage -> when (error.why) {
        StorageTrouble.NO_ROOM -> Notice.NO_ROOM
        StorageTrouble.EXISTS -> Notice.NOT_EMPTY
        StorageTrouble.ABSENT, StorageTrouble.BUSY, StorageTrouble.UNAVAILABLE -> Notice.NO_STORAGE
    }
    is AttuneException.Declined -> noticeOf(error.why)
    is AttuneException.KeyGone, is AttuneException.Closed, is AttuneException.Internal -> Notice.FAULT
}

private fun noticeOf(why: Why): Notice = when (why) {
    Why.NOT_FOUND -> Notice.NOT_FOUND
    Why.WORDS_TOO_LONG -> Notice.WORDS_TOO_LONG
    Why.NOT_OFFERED -> Notice.NOT_OFFERED
    Why.TOO_MANY_OPEN -> Notice.TOO_MANY_OPEN
    Why.NOT_COMPARED -> Notice.NOT_COMPARED
    Why.PAST_END_DATE -> Notice.PAST_DAY
    Why.NOT_PREVIEWED -> Notice.CHANGED_SINCE
    Why.TOO_LATE -> Notice.TOO_LATE
    Why.NOT_READY -> Notice.NOT_READY
    Why.BAD_CODE -> Notice.BAD_CODE
    Why.RELAY_NEEDED -> Notice.RELAY_NEEDED
    Why.NOT_A_COPY, Why.WRONG_SIDE -> Notice.NOT_A_COPY
    Why.NOT_WAITING, Why.BAD_INPUT -> Notice.FAULT
}
