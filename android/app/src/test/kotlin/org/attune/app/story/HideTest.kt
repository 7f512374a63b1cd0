package org.attune.app.story

import org.attune.app.Holds
import org.attune.app.R
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** *Hide*: nothing that a person wrote is left in the process that an object can still reach. */
internal class HideTest : Story() {
    @Test
    @Holds(7, 8, 10)
    fun afterHideNoDecryptedTextIsReachable() {
        val patterns = LATIN.patterns() + OTHER.patterns()
        begin()
        for (marker in listOf(LATIN, OTHER)) {
            hand.tapTag("mark")
            hand.tap(R.string.mark_words)
            write(marker)
            hand.tapTag("back")
            hand.tapTag("back")
            hand.see(R.string.home_title)
        }
        hand.tap(hasMoment())
        hand.see(R.string.title_moment)
        assertTrue("the search finds what is there", Heap.count(*patterns).any { it > 0 })
        hand.tapTag("hide")
        hand.see(R.string.lock_title)
        assertEquals(List(patterns.size) { 0 }, settled { Heap.count(*patterns) })
        hand.tap(R.string.button_open)
        hand.see(R.string.home_title)
        hand.tap(hasMoment())
        read(OTHER)
    }

    /** The newest moment on the first screen. */
    private fun hasMoment() = pressable(hand.say(R.string.state_held))

    // Of their own, so that no frame of the test holds the text.
    private fun write(marker: IntArray) = hand.type(R.string.moment_words, marker.text())

    private fun read(marker: IntArray) = hand.see(marker.text())

    /** What is said once the vault is closed: that goes on for a moment behind the lock. */
    private fun settled(look: () -> List<Int>): List<Int> {
        repeat(5) {
            rule.waitForIdle()
            look().let { found -> if (found.all { it == 0 }) return found }
        }
        return look()
    }

    private companion object {
        /** Letters, each one off by one: the text itself stands nowhere. */
        val LATIN = "sfnfncfs!uif!nbslfs".map { it.code }.toIntArray()
        val OTHER = "рфсзвя!гптрпнйобойа".map { it.code }.toIntArray()

        fun IntArray.text(): String = String(CharArray(size) { (this[it] - 1).toChar() })

        /** As UTF-8, and as UTF-16 in both orders, turned. */
        fun IntArray.patterns(): Array<ByteArray> = arrayOf(Charsets.UTF_8, Charsets.UTF_16LE, Charsets.UTF_16BE)
            .map { text().toByteArray(it).turned() }.toTypedArray()
    }
}
