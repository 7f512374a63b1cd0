package org.attune.app.picture

import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Test
import org.junit.runner.RunWith

/** After all screens were drawn, which the order of the classes' names sees to. Alone, it finds that nothing was. */
@RunWith(AndroidJUnit4::class)
class SheetTest {
    @Test
    fun nothingIsKeptThatIsNotDrawnAndTheSheetIsCurrent() = Gallery.checkout.close()
}
