package org.attune.app.ui

import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.app.Holds
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** Which touches were meant for what is shown. */
@RunWith(AndroidJUnit4::class)
class SteadyTest {
    private val steady = Steady(since = 1_000)

    @Test
    @Holds(96)
    fun aRowOfTapsThatBeganWithTheScreenIsNotMeant() {
        val row = listOf(1_000L, 1_399, 1_700, 2_099)
        assertEquals(row.map { false }, row.map(steady::lets))
        assertTrue(steady.lets(2_499))
    }

    @Test
    fun whoeverReadsFirstIsNotHeldUp() {
        assertTrue(steady.lets(1_400))
        assertTrue("and a second tap is the button's own affair", steady.lets(1_401))
    }

    @Test
    fun aFingerThatWasDownBeforeTheScreenCameIsNotMeant() {
        assertTrue(!steady.lets(400))
        assertTrue("it does not begin the wait earlier", !steady.lets(1_399))
    }

    @Test
    fun aScreenReaderOrAKeyIsAlwaysMeant() = assertTrue(steady.lets(null))
}
