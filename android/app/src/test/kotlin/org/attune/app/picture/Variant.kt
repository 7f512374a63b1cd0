package org.attune.app.picture

import org.robolectric.RuntimeEnvironment

/** A way in which a person may see a screen: each screen is drawn in all of them. */
enum class Variant(private val qualifiers: String, private val fontScale: Float = 1f) {
    LIGHT("en-w360dp-h640dp-port-notnight-hdpi"),
    DARK("en-w360dp-h640dp-port-night-hdpi"),
    LARGE_TEXT("en-w360dp-h640dp-port-notnight-hdpi", fontScale = 2f),

    /** Mirrored, by the pseudo-language that is made for it. */
    RTL("ar-rXB-ldrtl-w360dp-h640dp-port-notnight-hdpi"),

    /** Longer, accented words. */
    PSEUDO("en-rXA-w360dp-h640dp-port-notnight-hdpi"),
    NARROW("en-w320dp-h480dp-port-notnight-hdpi"),
    LANDSCAPE("en-w640dp-h360dp-land-notnight-hdpi"),
    ;

    /** The end of a file's name. */
    val slug: String = name.lowercase().replace('_', '-')

    /** Makes the device be so. What is started afterwards sees it. */
    fun set() {
        RuntimeEnvironment.setQualifiers(qualifiers)
        RuntimeEnvironment.setFontScale(fontScale)
    }
}
