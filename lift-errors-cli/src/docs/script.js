(() => {
const d = document, form = d.querySelector("[role=search]");
const fragment = () => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // It is malformed, as "#%" is.
  }
};
const land = (link) => {
  if (!link) return;
  const pages = [...d.querySelectorAll("nav a")], tags = pages.map((a) => a.lang), language = (tag) => tag.split("-")[0];
  const own = navigator.languages.map((wanted) => tags.find((tag) => tag === wanted) || tags.find((tag) => language(tag) === language(wanted)));
  const href = link.getAttribute("href"), tag = own.find(Boolean);
  // The folder before the page is that of its language.
  location.replace(tag ? href.replace(/[^/]+(?=\/[^/]+$)/, tag) : href);
};
if (form) {
  const rows = [...d.querySelectorAll(".list li")], value = (name) => form.querySelector(`[name=${name}]`).value;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = rows.map((row) => fold(row.textContent)), count = d.querySelector(".count"), none = d.querySelector(".none");
  const show = () => {
    const words = fold(value("q")).split(/\s+/).filter(Boolean), facts = [...form.querySelectorAll("select")].map((select) => select.value).filter(Boolean);
    let found = 0;
    rows.forEach((row, place) => {
      const is = row.dataset.is.split(" "), hit = words.every((word) => texts[place].includes(word)) && facts.every((fact) => is.includes(fact));
      row.hidden = !hit;
      found += hit;
    });
    count.hidden = !words.length && !facts.length;
    count.textContent = `${found} / ${rows.length}`;
    none.hidden = found > 0;
  };
  let loads = false;
  const load = () => {
    if (loads) return;
    loads = true;
    const script = d.createElement("script");
    script.src = form.dataset.words;
    script.onload = () => {
      searchWords.forEach((words, place) => texts[place] += " " + fold(words));
      show();
    };
    d.body.append(script);
  };
  form.hidden = false;
  form.addEventListener("focusin", load);
  form.addEventListener("input", () => { load(); show(); });
  // After Back, the browser fills the filters in when this script has run.
  addEventListener("pageshow", show);
  const row = rows.find((row) => row.dataset.at && row.dataset.at === location.search + location.hash)
    || d.getElementById(fragment());
  land(row && row.matches(".list li") && row.querySelector("a"));
}
land(d.querySelector("a.land"));
for (const button of d.querySelectorAll("button[data-of]")) {
  const said = button.parentNode.querySelector("[role=status]");
  let timer;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = d.getElementById(button.dataset.of);
    let words = button.dataset.done;
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      getSelection().selectAllChildren(text);
      try {
        if (!d.execCommand("copy")) words = button.dataset.selected;
      } catch {
        words = button.dataset.selected;
      }
    }
    said.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => said.textContent = "", 8e3);
  });
}
})();
