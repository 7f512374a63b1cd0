// Screenshots for docs/screenshots/desk, taken only when they are asked for: a test rewrites no file.

import { fileURLToPath } from "node:url";

const WIDTHS = [390, 820, 1280];
/** Those that show what the desk is; all of them would be many megabytes. */
const PAGES = ["invite-code", "inbox", "card", "worksheet", "editor-held", "locked", "front-card", "plan"];
const FOLDER = new URL("../../../docs/screenshots/desk/", import.meta.url);

/** Takes the page, if it is one of those, as `NAME-WIDTH-light.png` and `-dark.png`, whole. */
export async function picture(page, name) {
  if (process.env.ATTUNE_SCREENSHOTS !== "1" || !PAGES.includes(name)) return;
  const before = page.viewportSize();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      // A window as high as the page: what is below a window's end is not always painted in time.
      await page.setViewportSize({ width, height: 640 });
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height });
      const file = new URL(`${name}-${width}-${colorScheme}.png`, FOLDER);
      await page.screenshot({ path: fileURLToPath(file), animations: "disabled", caret: "hide" });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}
