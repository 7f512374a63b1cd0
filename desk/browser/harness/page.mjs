// What must hold on every page, whatever stands on it.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** 200 % of a window of 1280 px is one of 640 px to the page. */
const WIDTHS = [1280, 820, 640, 390, 320];

/** Nothing for axe to find, and nothing wider than the window, in either direction of writing. */
export async function assertSound(page, name) {
  await assertAccessible(page, name);
  await assertFits(page, name);
  await assertStill(page, name);
}

/** axe-core finds nothing. The debugger puts it into the page, which a page's own policy does not hinder. */
export async function assertAccessible(page, name) {
  await page.evaluate(`${axe}; undefined`);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    const where = (nodes) => nodes.map((node) => node.html).join(" | ");
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${where(nodes)}`);
  });
  assert.deepEqual(found, [], `${name}: what axe finds`);
}

/** Nothing moves under the mouse: a page that glides to where it scrolls can lose a press on a slow machine. */
export async function assertStill(page, name) {
  const behaviour = await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior);
  assert.equal(behaviour, "auto", `${name}: how it scrolls`);
}

/** Nothing is wider than the window at any width, left to right or right to left. */
export async function assertFits(page, name) {
  const before = page.viewportSize();
  for (const direction of ["ltr", "rtl"]) {
    await page.evaluate((direction) => (document.documentElement.dir = direction), direction);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: before.height });
      const wide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        if (scrollWidth <= clientWidth) return [];
        const past = [...document.querySelectorAll("body *")].filter((element) => {
          const { left, right } = element.getBoundingClientRect();
          return left < -1 || right > clientWidth + 1;
        });
        return [`${scrollWidth} > ${clientWidth}`, ...past.map((element) => element.outerHTML.slice(0, 120))];
      });
      assert.deepEqual(wide, [], `${name}: wider than the window at ${width} px, ${direction}`);
    }
  }
  await page.evaluate(() => document.documentElement.removeAttribute("dir"));
  await page.setViewportSize(before);
}
