package org.attune.app.ui

import android.content.ComponentName
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.isHeading
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import org.attune.app.AttuneApplication
import org.attune.app.Holds
import org.attune.app.picture.Variant
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** What a finger and a screen reader find on each screen: a title, and controls that are named, told apart and large. */
@RunWith(ParameterizedRobolectricTestRunner::class)
class SemanticsTest(private val scene: String) {
    @get:Rule
    val rule = createEmptyComposeRule()

    @Test
    @Holds(90, 93)
    fun everyControlIsNamedAndLargeAndNoneLiesOverAnother() {
        for (variant in listOf(Variant.NARROW, Variant.LARGE_TEXT)) on(variant) { density ->
            val controls = rule.onAllNodes(hasClickAction()).fetchSemanticsNodes()
            controls.forEach { control ->
                val name = control.name()
                assertTrue("a control without a name", name.isNotBlank())
                assertTrue("$name has no role", control.isKnown())
                val size = control.touchBoundsInRoot
                // What is scrolled half out of sight is as large as what is seen of it, so the layout's own size counts.
                val height = maxOf(size.height, control.size.height.toFloat()) / density
                val width = maxOf(size.width, control.size.width.toFloat()) / density
                assertTrue("$name: $width x $height", width >= 47.9f && height >= 47.9f)
            }
            val seen = controls.filter { it.boundsInRoot.height > 0 }
            seen.forEachIndexed { at, one ->
                seen.drop(at + 1).forEach { other ->
                    assertTrue("${one.name()} lies over ${other.name()}", !one.boundsInRoot.overlaps(other.boundsInRoot))
                }
            }
        }
    }

    @Test
    @Holds(90)
    fun thereIsATitle() {
        if (scene == "opening") return
        on(Variant.LIGHT) { assertTrue(rule.onAllNodes(isHeading()).fetchSemanticsNodes().isNotEmpty()) }
    }

    private fun on(variant: Variant, check: (Float) -> Unit) {
        val application = ApplicationProvider.getApplicationContext<AttuneApplication>()
        shadowOf(application.packageManager).addActivityIfNotPresent(ComponentName(application, ComponentActivity::class.java))
        variant.set()
        ActivityScenario.launch(ComponentActivity::class.java).use { scenario ->
            var density = 0f
            scenario.onActivity {
                density = it.resources.displayMetrics.density
                it.setContent {
                    AttuneTheme {
                        val drawn = SCENES.getValue(scene)
                        CompositionLocalProvider(LocalFrame provides drawn.frame, LocalToday provides Made.today, content = drawn.content)
                    }
                }
            }
            check(density)
        }
    }

    private fun SemanticsNode.name(): String =
        (config.getOrNull(SemanticsProperties.ContentDescription).orEmpty() + config.getOrNull(SemanticsProperties.Text).orEmpty())
            .joinToString(" ")

    private fun SemanticsNode.isKnown() =
        config.getOrNull(SemanticsProperties.Role) != null || config.getOrNull(SemanticsActions.SetText) != null

    companion object {
        @JvmStatic
        @ParameterizedRobolectricTestRunner.Parameters(name = "{0}")
        fun scenes() = SCENES.keys.toList()
    }
}
