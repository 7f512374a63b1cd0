package org.attune.app.story

import androidx.annotation.StringRes
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isEnabled
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextReplacement
import androidx.test.core.app.ApplicationProvider

/** A hand and an eye: taps what it finds by its text, counts its taps, and looks over every screen that it comes to. */
internal class Hand(private val rule: ComposeTestRule) {
    private val context: StoryApplication get() = ApplicationProvider.getApplicationContext()

    /** How often something was tapped. */
    var taps = 0
        private set

    /** A text of the app. */
    fun say(@StringRes id: Int, vararg with: Any): String = context.getString(id, *with)

    /** How many taps [work] takes. */
    fun tapsOf(work: () -> Unit): Int {
        val before = taps
        work()
        return taps - before
    }

    fun tap(@StringRes id: Int) = tap(hasText(say(id)))

    fun tapTag(tag: String) = tap(hasTestTag(tag))

    /** Waits until it can be pressed, brings it onto the screen as a finger would, and presses it. */
    fun tap(what: SemanticsMatcher) {
        val wanted = what and hasClickAction() and isEnabled()
        await(wanted)
        val node = rule.onAllNodes(wanted)[0]
        bring(node)
        node.assertIsDisplayed()
        node.performClick()
        taps++
        rule.waitForIdle()
    }

    fun type(@StringRes label: Int, text: String) {
        val field = hasSetTextAction() and hasText(say(label))
        await(field)
        val node = rule.onAllNodes(field)[0]
        bring(node)
        node.performTextReplacement(text)
        rule.waitForIdle()
    }

    /** Waits until the text is there, and looks the screen over. */
    fun see(@StringRes id: Int, vararg with: Any) = see(say(id, *with))

    fun see(text: String) {
        await(hasText(text))
        lookOver(rule)
    }

    fun sees(@StringRes id: Int): Boolean = sees(hasText(say(id)))

    fun sees(what: SemanticsMatcher): Boolean {
        rule.waitForIdle()
        return nodes(what).isNotEmpty()
    }

    fun await(what: SemanticsMatcher) = rule.waitUntil(what.description, LONGEST) { nodes(what).isNotEmpty() }

    fun awaitNo(what: SemanticsMatcher) = rule.waitUntil("no ${what.description}", LONGEST) { nodes(what).isEmpty() }

    /** The texts in the part of that tag, in their order. */
    fun texts(tag: String): List<String> {
        await(hasTestTag(tag))
        return rule.onAllNodes(hasTestTag(tag), useUnmergedTree = true)[0].fetchSemanticsNode().texts()
    }

    private fun nodes(what: SemanticsMatcher) = rule.onAllNodes(what).fetchSemanticsNodes(atLeastOneRootRequired = false)

    private fun bring(node: SemanticsNodeInteraction) {
        val above = generateSequence(node.fetchSemanticsNode().parent) { it.parent }
        if (above.any { SemanticsActions.ScrollBy in it.config }) node.performScrollTo()
    }

    private companion object {
        /** A machine under load takes its time; nothing here depends on how long. */
        const val LONGEST = 60_000L
    }
}

private fun SemanticsNode.texts(): List<String> =
    config.getOrElse(SemanticsProperties.Text) { emptyList() }.map { it.text } + children.flatMap { it.texts() }
