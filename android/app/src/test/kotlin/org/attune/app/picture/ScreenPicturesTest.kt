package org.attune.app.picture

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import org.attune.app.ui.AttuneTheme
import org.attune.app.ui.LocalFrame
import org.attune.app.ui.LocalToday
import org.attune.app.ui.Made
import org.attune.app.ui.SCENES
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner

/** Draws each of [SCENES] in its variants, and compares with the pictures that are kept. */
@RunWith(ParameterizedRobolectricTestRunner::class)
class ScreenPicturesTest(private val scene: String) {
    @get:Rule
    val rule = createEmptyComposeRule()

    @Test
    fun itLooksAsItDid() {
        val drawn = SCENES.getValue(scene)
        Pictures(rule).of(scene, drawn.variants) {
            AttuneTheme {
                CompositionLocalProvider(LocalFrame provides drawn.frame, LocalToday provides Made.today, content = drawn.content)
            }
        }
    }

    companion object {
        @JvmStatic
        @ParameterizedRobolectricTestRunner.Parameters(name = "{0}")
        fun scenes() = SCENES.keys.toList()
    }
}
