package org.attune.trial

import java.nio.file.Paths
import kotlinx.coroutines.runBlocking
import org.attune.AttuneVault

/** Marks moments until it is killed, and says each one that was acknowledged. Folder and key are its arguments. */
internal object Marking {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val store = TrialKeyStore(arguments[1].hexToByteArray())
        val vault = runBlocking { AttuneVault.open(Paths.get(arguments[0]), store) }
        println("open")
        while (true) println(vault.flag().value)
    }
}
