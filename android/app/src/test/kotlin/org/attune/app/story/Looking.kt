package org.attune.app.story

import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.junit4.ComposeTestRule
import org.junit.Assert.assertTrue

/** What every screen owes to whoever does not see it or has no steady hand. */
internal fun lookOver(rule: ComposeTestRule) {
    val density = rule.density.density
    val controls = rule.onAllNodes(hasClickAction()).fetchSemanticsNodes()
    val headings = rule.onAllNodes(SemanticsMatcher.keyIsDefined(SemanticsProperties.Heading)).fetchSemanticsNodes()
    val said = controls.map { it.name }.toString()
    assertTrue("a heading: $said", headings.isNotEmpty())
    val announced = rule.onAllNodes(SemanticsMatcher.keyIsDefined(SemanticsProperties.LiveRegion)).fetchSemanticsNodes()
    assertTrue("what changes is announced: $said", announced.isNotEmpty())
    for (control in controls) {
        assertTrue("a name, among $said", control.name.isNotBlank())
        val isField = SemanticsActions.SetText in control.config
        assertTrue("a role: ${control.name}", isField || SemanticsProperties.Role in control.config)
        // What is picked or on is told in words too, not by its colour alone.
        when (control.config.getOrNull(SemanticsProperties.Role)) {
            Role.RadioButton, Role.Tab -> assertTrue("picked or not: ${control.name}", SemanticsProperties.Selected in control.config)
            Role.Switch, Role.Checkbox -> assertTrue("on or off: ${control.name}", SemanticsProperties.ToggleableState in control.config)
            else -> Unit
        }
        val least = 48 * density - 0.5f
        val touch = control.touchBoundsInRoot
        assertTrue("tall enough: ${control.name}", maxOf(control.size.height.toFloat(), touch.height) >= least)
        assertTrue("wide enough: ${control.name}", maxOf(control.size.width.toFloat(), touch.width) >= least)
    }
    for ((at, one) in controls.withIndex()) {
        for (other in controls.drop(at + 1)) {
            if (one.isAbove(other) || other.isAbove(one)) continue
            val common = one.place(other) to other.place(one)
            assertTrue("apart: ${one.name}, ${other.name}", !common.first.deflate(1f).overlaps(common.second.deflate(1f)))
        }
    }
}

private val SemanticsNode.name: String
    get() {
        val texts = config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
        return (texts + config.getOrNull(SemanticsProperties.ContentDescription).orEmpty()).joinToString()
    }

private fun SemanticsNode.ancestors() = generateSequence(parent) { it.parent }

private fun SemanticsNode.isAbove(other: SemanticsNode) = other.ancestors().any { it.id == id }

private fun SemanticsNode.scroll() = ancestors().firstOrNull { SemanticsActions.ScrollBy in it.config }?.id

/** Its whole area where both scroll together, else what of it is on the screen. */
private fun SemanticsNode.place(other: SemanticsNode): Rect =
    if (scroll() != null && scroll() == other.scroll()) {
        Rect(positionInRoot, Size(size.width.toFloat(), size.height.toFloat()))
    } else {
        boundsInRoot
    }
