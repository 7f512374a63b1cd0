// First run, linking with a phone, and the settings, in a real browser.

import { after, before, describe, test } from "node:test";

import { launch } from "../harness/browser.mjs";
import { Person } from "../harness/desk.mjs";
import { Parties } from "../harness/parties.mjs";

const MINUTES = 60_000;

for (const javaScriptEnabled of [true, false]) {
  describe(`A new desk, ${javaScriptEnabled ? "with" : "without"} scripts`, { timeout: 10 * MINUTES }, () => {
    let parties, browser, desk, phone, ada;

    before(async () => {
      parties = await Parties.start();
      browser = await launch();
      desk = await parties.desk();
      phone = await parties.phone();
    });

    after(async () => {
      await browser?.close();
      await parties?.stop();
    });

    test("is opened by its link and made", async () => {
      ada = await Person.enter(browser, desk, { javaScriptEnabled });
      await ada.at("start-title");
      await ada.look("start");
      await ada.press("start-therapist");
      await ada.look("start-therapist");
      await ada.press("start-make");
      await ada.reads("form-errors");
      await ada.look("start-errors");
      await ada.go("/start");
      await ada.furnish("therapist", "Dr. Ada Lind", parties.origin);
      await ada.look("clients-none");
    });

    test("links with a phone by the link on its page, after the words were compared", async () => {
      await ada.pair(phone, (name) => ada.look(name));
      await ada.look("client");
      await ada.go("/clients");
      await ada.readsText("Sam");
      await ada.look("clients");
    });

    test("shows its settings", async () => {
      for (const [path, title, name] of [
        ["/settings", "settings-title", "settings"],
        ["/settings/card", "settings-card", "settings-card"],
        ["/settings/relay", "settings-relay-title", "settings-relay"],
        ["/settings/lock", "settings-lock-title", "settings-lock"],
      ]) {
        await ada.go(path);
        await ada.at(title);
        await ada.look(name);
      }
    });

    test("had nothing wrong on any of these pages", () => ada.leave());
  });
}
