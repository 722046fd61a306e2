// Loads the page again when the catalogue has changed, and sends a form when a choice changes.
"use strict";
const revision = document.documentElement.dataset.revision;
const ended = document.getElementById("ended");

async function look() {
    try {
        const answer = await fetch("/revision", { cache: "no-store" });
        if (answer.ok && (await answer.text()) !== revision) return location.reload();
        ended.hidden = answer.ok;
    } catch {
        ended.hidden = false;
    }
    setTimeout(look, 400);
}
setTimeout(look, 400);

for (const form of document.querySelectorAll("form")) {
    // A field's change comes with the click that leaves it, and a new page would swallow the click: "Find" and "Show" send fields.
    form.addEventListener("change", ({ target }) => {
        if (target.matches("select, input[type=checkbox]")) form.requestSubmit();
    });
}

// The index follows each letter: the table is replaced and the field keeps its cursor.
const search = document.querySelector('input[type="search"]');
let latest = 0;
search?.addEventListener("input", async () => {
    const own = ++latest;
    const address = "/?" + new URLSearchParams(new FormData(search.form));
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.querySelector("main");
    if (own !== latest || !main || !page.querySelector(".count")) return;
    history.replaceState(null, "", address);
    for (const old of [...document.querySelector("main").children]) {
        if (!["H1", "FORM"].includes(old.tagName)) old.remove();
    }
    for (const fresh of [...main.children]) {
        if (!["H1", "FORM"].includes(fresh.tagName)) document.querySelector("main").append(fresh);
    }
});
