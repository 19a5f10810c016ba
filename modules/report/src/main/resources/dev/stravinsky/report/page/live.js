"use strict";
(() => {
  const news = document.getElementById("news");
  const pause = (millis) => new Promise((done) => setTimeout(done, millis));

  const show = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const active = document.activeElement;
    const focused = active ? active.id : "";
    document.querySelectorAll("details[id]").forEach((old) => {
      const same = fresh.getElementById(old.id);
      if (same) {
        same.open = old.open;
      }
    });
    for (const part of ["header", "main"]) {
      document.querySelector(part).replaceWith(fresh.querySelector(part));
    }
    const again = focused ? document.getElementById(focused) : null;
    if (again) {
      again.focus({ preventScroll: true });
    }
    news.textContent = "Shown anew at " + new Date().toLocaleTimeString();
  };

  const follow = async () => {
    let known = "";
    for (;;) {
      try {
        const asked = await fetch("changes?after=" + encodeURIComponent(known), { cache: "no-store" });
        const now = asked.ok ? await asked.text() : known;
        if (known !== "" ? now !== known : false) {
          const page = await fetch("", { cache: "no-store" });
          if (page.ok) {
            show(await page.text());
          }
        }
        known = now;
        if (!asked.ok) {
          await pause(2000);
        }
      } catch (gone) {
        news.textContent = "Stravinsky no longer serves this page; it is as it was.";
        await pause(3000);
      }
    }
  };
  follow();
})();
