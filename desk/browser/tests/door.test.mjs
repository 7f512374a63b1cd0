// Who gets in, and what a locked desk does: in a real browser.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, sit } from "../harness/browser.mjs";
import { Person } from "../harness/desk.mjs";
import { Parties, PHRASE } from "../harness/parties.mjs";
import { say } from "../harness/words.mjs";

const MINUTES = 60_000;

describe("The door", { timeout: 10 * MINUTES }, () => {
  let parties, browser, desk, ada;

  before(async () => {
    parties = await Parties.start();
    browser = await launch();
    desk = await parties.desk();
    ada = await Person.enter(browser, desk);
    await ada.furnish("therapist", "Dr. Ada Lind", parties.origin);
  });

  after(async () => {
    await browser?.close();
    await parties?.stop();
  });

  test("lets nobody in by a link that was used", async () => {
    const { context, page } = await sit(browser);
    await page.goto(desk.ready.link);
    await page.getByRole("button", { name: say("open-button") }).click();
    await page.getByText(say("open-old")).waitFor();
    assert.deepEqual(await context.cookies(), []);
    await context.close();
  });

  test("shows a browser without a session nothing of the desk", async () => {
    const { context, page } = await sit(browser);
    for (const path of ["/", "/clients", "/settings/card", "/unlock", "/start"]) {
      const answer = await page.goto(new URL(path, desk.ready.link).href);
      assert.equal(answer.status(), 401, path);
      const text = await page.locator("body").innerText();
      assert.ok(text.includes(say("problem-session")), text);
      assert.ok(!text.includes("Ada"), text);
    }
    await context.close();
  });

  test("lets another browser in by a new link", async () => {
    const { link } = await desk.enter();
    assert.notEqual(link, desk.ready.link);
    const other = await Person.enter(browser, { ready: { link } });
    await other.go("/settings/card");
    assert.equal(await other.field("card-form-name").inputValue(), "Dr. Ada Lind");
    await other.leave();
  });

  test("keeps its cookie from scripts and from other sites", async () => {
    const cookies = await ada.context.cookies();
    assert.equal(cookies.length, 1);
    const [{ httpOnly, sameSite, path, domain, expires }] = cookies;
    assert.deepEqual({ httpOnly, sameSite, path, domain, expires }, {
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
      domain: "127.0.0.1",
      expires: -1,
    });
  });

  test("is locked by the button, and opened by the passphrase alone", async () => {
    await ada.go("/settings/card");
    await ada.lock();
    await ada.look("locked");
    await ada.go("/settings/card");
    await ada.at("door-title");
    await ada.readsNot("Ada");
    await ada.unlock("not the passphrase");
    await ada.reads("door-wrong");
    await ada.look("locked-wrong");
    await ada.unlock();
    await ada.at("settings-card");
  });

  test("keeps what was sent while it was locked, and does it after unlocking", async () => {
    await ada.go("/settings/card");
    await ada.type("card-form-backup", "Kim Sato");
    // Locked in another tab, with the form still open here.
    const tab = await ada.context.newPage();
    await tab.goto(ada.origin);
    await tab.getByRole("button", { name: say("page-lock") }).click();
    await tab.getByRole("heading", { name: say("door-title") }).waitFor();
    await tab.close();
    await ada.press("form-save");
    await ada.reads("door-held");
    await ada.look("locked-held");
    await ada.type("door-passphrase", PHRASE);
    await ada.press("door-go-on");
    await ada.reads("card-form-saved");
    await ada.go("/settings/card");
    assert.equal(await ada.field("card-form-backup").inputValue(), "Kim Sato");
  });

  test("is gone through by the keyboard alone", async () => {
    const { page } = ada;
    await ada.go("/settings/lock");
    await page.keyboard.press("Tab");
    const skip = () => page.evaluate(() => document.activeElement.getAttribute("href"));
    assert.equal(await skip(), "#main", "the first thing is the way past the heading");
    await page.keyboard.press("Enter");
    const seen = new Set();
    const field = await ada.field("settings-idle").getAttribute("id");
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return { id: document.activeElement.id, ring: outlineStyle !== "none" && outlineWidth !== "0px" };
      });
      assert.ok(at.ring, `a ring shows where the keyboard is: ${JSON.stringify(at)}`);
      seen.add(at.id);
      if (at.id === field) break;
    }
    assert.ok(seen.has(field), "Tab comes to the field");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("15");
    await page.keyboard.press("Enter");
    await ada.reads("settings-idle-saved");
    await ada.go("/settings/lock");
    assert.equal(await ada.field("settings-idle").inputValue(), "15");
  });

  test("prints nothing of all that", async () => {
    await ada.leave();
    for (const word of ["Ada", "Kim Sato", PHRASE, parties.origin]) {
      assert.ok(!desk.printed.includes(word), word);
    }
  });
});
