package org.attune.bench

import java.nio.file.Files
import org.attune.AttuneVault
import org.attune.trial.newVault

/** What a call costs from Kotlin: one line for each, its name, a tab, and the median in nanoseconds. */
internal object Bench {
    private const val MOMENTS = 1_000
    private const val ROUNDS = 201

    @JvmStatic
    fun main(arguments: Array<String>) {
        val root = Files.createTempDirectory("attune-bench")
        try {
            newVault(root.resolve("vault")).use { vault ->
                repeat(MOMENTS) { number ->
                    vault.setWords(vault.flag(), "Words of about the length that people write, the number is $number.")
                }
                report("empty_call", 500) { check(!vault.isClosed) }
                report("newest_50", 20) { newest(vault) }
            }
        } finally {
            root.toFile().deleteRecursively()
        }
    }

    private fun newest(vault: AttuneVault) = check(vault.moments(limit = 50).size == 50)

    /** The median over the rounds of what one of [calls] calls took; as many rounds before it to warm up. */
    private fun report(name: String, calls: Int, call: () -> Unit) {
        fun round(): Long {
            val start = System.nanoTime()
            repeat(calls) { call() }
            return (System.nanoTime() - start) / calls
        }
        repeat(ROUNDS) { round() }
        val median = List(ROUNDS) { round() }.sorted()[ROUNDS / 2]
        println("$name\t$median")
    }
}
