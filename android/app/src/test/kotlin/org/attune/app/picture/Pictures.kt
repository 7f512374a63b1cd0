package org.attune.app.picture

import android.app.Activity
import android.content.ComponentName
import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.view.View
import android.view.WindowManager
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.runtime.Composable
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.test.core.app.ActivityScenario
import androidx.test.core.app.ApplicationProvider
import org.attune.app.AttuneApplication
import org.robolectric.Shadows.shadowOf

/**
 * Draws screens to PNG files whose bytes are the same from run to run, and has a [Gallery] compare them with those that are kept.
 *
 * [rule] is one of `createEmptyComposeRule()`: it waits until nothing moves any more.
 */
class Pictures(private val rule: ComposeTestRule, private val gallery: Gallery = Gallery.checkout) {
    /** Draws [content] alone, in each of [variants]. */
    fun of(name: String, variants: Iterable<Variant> = Variant.entries, content: @Composable () -> Unit) {
        val application = ApplicationProvider.getApplicationContext<AttuneApplication>()
        shadowOf(application.packageManager).addActivityIfNotPresent(ComponentName(application, ComponentActivity::class.java))
        of(name, ComponentActivity::class.java, variants) { scenario -> scenario.onActivity { it.setContent(content = content) } }
    }

    /** Draws a real [activity] in each of [variants], after [prepare] has clicked its way to where it should be. */
    fun <A : Activity> of(
        name: String,
        activity: Class<A>,
        variants: Iterable<Variant> = Variant.entries,
        prepare: (ActivityScenario<A>) -> Unit,
    ) {
        val drawn = variants.associate { variant ->
            variant.set()
            ActivityScenario.launch(activity).use { scenario ->
                prepare(scenario)
                "$name-${variant.slug}" to drawn(scenario)
            }
        }
        gallery.hang(drawn)
    }

    /** What is on the screen of a running activity now: its window, and dialogs above it. */
    fun drawn(scenario: ActivityScenario<out Activity>): Bitmap {
        rule.waitForIdle()
        lateinit var bitmap: Bitmap
        scenario.onActivity { activity ->
            val below = activity.window.decorView
            bitmap = Bitmap.createBitmap(below.width, below.height, Bitmap.Config.ARGB_8888)
            val canvas = Canvas(bitmap)
            below.draw(canvas)
            windows().filter { it !== below && it.isShown }.forEach { draw(it, canvas) }
        }
        return bitmap
    }

    private fun draw(above: View, canvas: Canvas) {
        val window = above.layoutParams as WindowManager.LayoutParams
        if (window.flags and WindowManager.LayoutParams.FLAG_DIM_BEHIND != 0) {
            canvas.drawColor(Color.argb((window.dimAmount * 255).toInt(), 0, 0, 0))
        }
        val at = IntArray(2).also(above::getLocationOnScreen)
        canvas.save()
        canvas.translate(at[0].toFloat(), at[1].toFloat())
        above.draw(canvas)
        canvas.restore()
    }

    private fun windows(): List<View> {
        val type = Class.forName("android.view.WindowManagerGlobal")
        val all = type.getDeclaredMethod("getInstance").invoke(null)
        val views = type.getDeclaredField("mViews").apply { isAccessible = true }
        return (views.get(all) as List<*>).map { it as View }
    }
}
