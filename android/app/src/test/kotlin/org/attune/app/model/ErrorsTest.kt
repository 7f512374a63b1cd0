package org.attune.app.model

import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.AttuneException
import org.attune.StorageTrouble
import org.attune.Why
import org.attune.app.Holds
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Test
import org.junit.runner.RunWith

/** Each thing that the core can say leads to a screen or a line of its own kind. */
@RunWith(AndroidJUnit4::class)
class ErrorsTest {
    @Test
    @Holds(16, 17, 94)
    fun whatStopsAnOpeningSaysWhatIsTrue() {
        assertEquals(Stop.LATER, stopOf(AttuneException.Locked()))
        assertEquals(Stop.KEY_GONE, stopOf(AttuneException.KeyGone()))
        assertEquals(Stop.DAMAGED, stopOf(AttuneException.Damaged()))
        assertEquals(Stop.NEWER, stopOf(AttuneException.NewerVersion()))
        assertEquals(Stop.NO_ROOM, stopOf(AttuneException.Storage(StorageTrouble.NO_ROOM)))
        assertEquals(Stop.BUSY, stopOf(AttuneException.Storage(StorageTrouble.BUSY)))
        for (why in listOf(StorageTrouble.ABSENT, StorageTrouble.EXISTS, StorageTrouble.UNAVAILABLE)) {
            assertEquals(Stop.FAULT, stopOf(AttuneException.Storage(why)))
        }
        assertEquals(Stop.FAULT, stopOf(AttuneException.Internal()))
    }

    @Test
    @Holds(94)
    fun everyRuleThatDeclinesHasALineOfItsOwn() {
        val faults = Why.entries.filter { noticeOf(AttuneException.Declined(it)) == Notice.FAULT }
        // What no person can bring about: only a defect of the app could.
        assertEquals(listOf(Why.NOT_WAITING, Why.BAD_INPUT), faults)
    }

    @Test
    @Holds(13, 94)
    fun lockedIsNotGone() {
        assertEquals(Notice.LATER, noticeOf(AttuneException.Locked()))
        assertNotEquals(stopOf(AttuneException.Locked()), stopOf(AttuneException.KeyGone()))
        assertEquals(Notice.WRONG_CODE, noticeOf(AttuneException.WrongPasscode()))
    }
}
