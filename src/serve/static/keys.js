// The keyboard: j and k walk through the items of a page, o opens one, u goes up, w opens every "why?",
// / searches, ? explains. Pages read the same without it.
"use strict";
(() => {
  const items = Array.from(document.querySelectorAll("[data-item]"));
  const help = document.getElementById("keys");
  let at = -1;

  const select = (index) => {
    if (items.length === 0) return;
    if (at >= 0) items[at].classList.remove("current");
    at = Math.max(0, Math.min(items.length - 1, index));
    const item = items[at];
    item.classList.add("current");
    const target = item.matches("a[href]") ? item : item.querySelector("a[href]");
    if (target) target.focus({preventScroll: true});
    item.scrollIntoView({block: "nearest"});
  };

  const open = () => {
    if (at < 0) return false;
    const link = items[at].querySelector("a[href]") ||
        items[at].parentElement.querySelector("#" + CSS.escape(items[at].id) + " ~ a.badge");
    if (link) link.click();
    return Boolean(link);
  };

  const why = () => {
    const all = Array.from(document.querySelectorAll("details[data-why]"));
    const show = all.some((d) => !d.open);
    for (const d of all) d.open = show;
  };

  const keys = {
    j: () => select(at + 1),
    k: () => select(at < 0 ? 0 : at - 1),
    o: open,
    u: () => { if (document.body.dataset.up) location.href = document.body.dataset.up; },
    w: why,
    "/": () => document.getElementById("q").focus(),
    "?": () => { if (help.open) help.close(); else help.showModal(); },
  };

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select")) return;
    const act = keys[e.key];
    if (!act) return;
    e.preventDefault();
    act();
  });
})();
