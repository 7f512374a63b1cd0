// What comes beside and after a card: plans put to a client, about me, one's own work and data. In a real
// browser, with a phone on the other side.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.mjs";
import { Person } from "../harness/desk.mjs";
import { Parties } from "../harness/parties.mjs";

const MINUTES = 60_000;
const PLAN = "We look at sleep first, one small step a week. You can change any part of it.";
const WISH = "Start with the mornings, please.";
const ABOUT = "I work slowly and ask before I go on. Tell me in one word if something was off.";

describe("What comes after", { timeout: 10 * MINUTES }, () => {
  let parties, browser, phone, ada;

  before(async () => {
    parties = await Parties.start();
    browser = await launch();
    phone = await parties.phone();
    ada = await Person.enter(browser, await parties.desk());
    await ada.furnish("therapist", "Dr. Ada Lind", parties.origin);
    await ada.pair(phone);
  });

  after(async () => {
    await browser?.close();
    await parties?.stop();
  });

  test("a plan goes to the client as it was read before it was sent", async () => {
    await ada.go("/proposals");
    await ada.press("proposals-for", { name: "Sam" });
    await ada.press("proposal-preview");
    await ada.reads("proposal-kind-needed");
    await ada.look("plan-errors");
    await ada.tick("proposal-plan");
    await ada.type("proposal-text", PLAN);
    await ada.press("proposal-preview");
    await ada.readsText(PLAN);
    await ada.look("plan-preview");
    await ada.press("proposal-send");
    await ada.reads("proposal-silence");
    await ada.sync();
    await ada.reads("desk-sync-said");
    await phone.sync();
    const { proposals } = await phone.do(["proposals"]);
    assert.deepEqual(proposals.map(({ text }) => text), [PLAN]);
  });

  test("what the client says to it stands beside it", async () => {
    const { proposals } = await phone.do(["proposals"]);
    await phone.do(["answer", proposals[0].proposal, "change-it"], WISH);
    await phone.sync();
    await ada.go("/proposals");
    await ada.sync();
    await ada.readsText(WISH);
    await ada.reads("proposal-asked-how");
    await ada.look("plan");
  });

  test("about me reaches the phone", async () => {
    await ada.go("/about");
    await ada.type("about-text", ABOUT);
    await ada.look("about");
    await ada.press("about-save");
    await ada.reads("about-saved");
    await ada.sync();
    await ada.reads("desk-sync-said");
    await phone.sync();
    assert.equal((await phone.do(["about"])).theirs, ABOUT);
  });

  test("an item of one's own is added and done", async () => {
    await ada.go("/work");
    await ada.look("work-empty");
    await ada.type("work-item-what", "Talk over how I joke.");
    await ada.type("work-item-by", "2026-03-06");
    await ada.press("work-item-add");
    await ada.reads("work-item-added");
    await ada.look("work");
    await ada.press("work-item-mark");
    await ada.readsText("Monday, March 2");
  });

  test("every other page is sound, and printing is", async () => {
    for (const path of ["/retention", "/own-data", "/own-data/print", "/settings", "/clients/1/unlink", "/none"]) {
      await ada.go(path);
      await ada.look(path);
    }
    await ada.page.emulateMedia({ media: "print" });
    await ada.go("/own-data/print");
    await ada.look("print");
    assert.equal(await ada.named("page-lock").isVisible(), false, "what is pressed is not printed");
    await ada.page.emulateMedia({ media: null });
  });

  test("had nothing wrong on any of these pages", () => ada.leave());
});
