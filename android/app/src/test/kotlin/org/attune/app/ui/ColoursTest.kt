package org.attune.app.ui

import androidx.compose.material3.ColorScheme
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.luminance
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.attune.app.Holds
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith

/** Contrast, worked out for every text on every ground that it may lie on. */
@RunWith(AndroidJUnit4::class)
class ColoursTest {
    @Test
    @Holds(91)
    fun everyTextIsReadOnEveryGroundInEveryScheme() {
        for (look in Look.entries) {
            for ((name, pair) in colours(look).pairs()) {
                val (text, ground) = pair
                assertEquals("$look $name is opaque", 1f to 1f, text.alpha to ground.alpha)
                val contrast = contrast(text, ground)
                assertTrue("$look $name: $contrast", contrast >= 4.5)
            }
        }
    }

    @Test
    @Holds(91)
    fun whatHasAnEdgeIsSeenByIt() {
        for (look in Look.entries) {
            with(colours(look)) {
                for (ground in listOf(background, surface)) assertTrue("$look", contrast(outline, ground) >= 3.0)
            }
        }
    }

    /** Nothing alarms: no text and no ground is red. */
    @Test
    fun nothingIsRed() {
        for (look in Look.entries) {
            for ((name, pair) in colours(look).pairs()) {
                for (colour in pair.toList()) {
                    assertTrue("$look $name", colour.red <= maxOf(colour.green, colour.blue) + 0.05f)
                }
            }
        }
    }

    private fun ColorScheme.pairs(): List<Pair<String, Pair<Color, Color>>> {
        val grounds = listOf(
            background, surface, surfaceVariant, surfaceContainer, surfaceContainerLow, surfaceContainerLowest, surfaceContainerHigh,
            surfaceContainerHighest, surfaceBright, surfaceDim,
        )
        val texts = listOf("text" to onSurface, "second line" to onSurfaceVariant, "can be pressed" to primary, "trouble" to error)
        val own = listOf(
            "primary" to (onPrimary to primary), "primaryContainer" to (onPrimaryContainer to primaryContainer),
            "secondary" to (onSecondary to secondary), "secondaryContainer" to (onSecondaryContainer to secondaryContainer),
            "tertiary" to (onTertiary to tertiary), "tertiaryContainer" to (onTertiaryContainer to tertiaryContainer),
            "error" to (onError to error), "errorContainer" to (onErrorContainer to errorContainer),
            "background" to (onBackground to background), "inverse" to (inverseOnSurface to inverseSurface),
            "pressed, on a notice" to (primary to primaryContainer),
        )
        return own + grounds.flatMapIndexed { at, ground -> texts.map { (name, text) -> "$name on ground $at" to (text to ground) } }
    }

    /** As WCAG 2 has it. */
    private fun contrast(one: Color, other: Color): Double {
        val (dark, light) = listOf(one.luminance(), other.luminance()).sorted()
        return (light + 0.05) / (dark + 0.05)
    }
}
