"use strict";
// The list of papers: filters with counts, order, abstracts, and a selection to take away. What can
// be filtered by comes from data/papers.js; the list itself is the page's own.
// Themes decide where the common script stands; all have run by then.
document.addEventListener("DOMContentLoaded", () => {
  const { fold, keep, save, papers: data } = window.Proceedings ?? {};
  const form = document.querySelector("[data-proc-papers]");
  if (!form || !data) return;
  const page = form.parentElement;
  const list = page.querySelector("[data-proc-list]");
  const empty = page.querySelector("[data-proc-empty]");
  const picked = keep(data.site, "papers");
  const say = (name, values = {}) =>
    form.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const field = (name) => form.elements[name];

  // One entry per paper, in the volume's order; those of `element` may be elsewhere by now.
  const elements = new Map();
  for (const element of list.querySelectorAll(".proc-item")) elements.set(element.dataset.key, element);
  const papers = data.papers.map(
    ([key, file, title, track, session, topic, author, award, pages, doi, byTitle, byAuthor], number) => ({
      key, file: file || key, title, pages, doi, number, byTitle, byAuthor,
      has: { track, session, topic, author, award },
      element: elements.get(key),
    })).filter((paper) => paper.element);
  const groups = [...list.querySelectorAll(".proc-group")].map((element) => ({
    element,
    items: element.querySelector(".proc-items"),
    heading: element.querySelector(":scope > :is(h2, h3)"),
    count: element.querySelector(":scope > :is(h2, h3) .proc-count"),
  }));
  for (const paper of papers) paper.home = groups.find(({ element }) => element.contains(paper.element));
  const text = (paper) => (paper.text ??= fold(
    `${paper.element.textContent} ${paper.has.topic.map((n) => data.topics[n][1]).join(" ")}`));

  // Citations and abstracts are loaded when somebody wants them, as scripts: a browser reads no data
  // from file://.
  const loading = {};
  const load = (what, number) => (loading[what + number] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = form.dataset.citations.replace("papers.js", `${what}-${number}.js`);
    script.addEventListener("load", () => done(window.Proceedings[what + number]));
    script.addEventListener("error", () => { delete loading[what + number]; failed(new Error(script.src)); });
    document.head.append(script);
  }));

  // What can be chosen: a list where there are few, a field that completes where there may be many.
  const lists = { track: data.tracks, session: data.sessions, award: data.awards };
  const fields = { topic: data.topics, author: data.authors };
  const facets = [...Object.keys(lists), ...Object.keys(fields)].filter((name) => field(name));
  const options = {};
  const tally = (name, among) => {
    const counts = new Array((lists[name] || fields[name]).length).fill(0);
    for (const paper of among) for (const number of paper.has[name]) counts[number] += 1;
    return counts;
  };
  for (const name of facets) {
    const values = (lists[name] || fields[name]).map(([, label]) => label);
    const counts = tally(name, papers);
    if (name in lists) {
      options[name] = values.map((label, number) => {
        const option = new Option("", lists[name][number][0]);
        field(name).append(option);
        return option;
      });
    } else {
      const suggestions = document.getElementById(field(name).getAttribute("list"));
      // Thousands of names are written only for who wants to choose one.
      field(name).addEventListener("focus", () => {
        suggestions.append(...values.map((label, number) => {
          const option = new Option(say("papers", { n: counts[number] }), label);
          option.value = label;
          return option;
        }));
      }, { once: true });
    }
  }

  // Which numbers of a facet are wanted; null: no matter.
  const wanted = (name) => {
    const value = field(name).value.trim();
    if (!value) return null;
    if (name in lists) return new Set([lists[name].findIndex(([id]) => id === value)]);
    const labels = fields[name].map(([, label]) => fold(label));
    const exact = labels.flatMap((label, number) => (label === fold(value) ? [number] : []));
    return new Set(exact.length ? exact
      : labels.flatMap((label, number) => (label.includes(fold(value)) ? [number] : [])));
  };

  // In a long list the abstracts come when somebody opens one, or looks for a word.
  const later = papers.filter((paper) => paper.element.querySelector("[data-proc-later]"));
  const fetched = (some) => Promise.all(some.map(async (paper) => {
    const box = paper.element.querySelector("[data-proc-later]");
    if (!box) return;
    const part = await load("abstracts", Math.floor(paper.number / data.part));
    // Somebody else may have asked meanwhile.
    if (!("procLater" in box.dataset)) return;
    delete box.dataset.procLater;
    box.insertAdjacentHTML("beforeend", part[paper.key]);
    delete paper.text;
  }));
  for (const paper of later) {
    const box = paper.element.querySelector("[data-proc-later]");
    box.hidden = false;
    box.addEventListener("toggle", () => { if (box.open) fetched([paper]); });
  }
  let complete = later.length === 0;

  let shown = papers;
  const apply = () => {
    const words = fold(field("q").value).split(" ").filter(Boolean);
    if (words.length && !complete) {
      complete = true;
      fetched(later).then(apply, () => { complete = false; });
    }
    const choices = Object.fromEntries(facets.map((name) => [name, wanted(name)]));
    const only = field("selected").checked;
    const rest = papers.filter((paper) =>
      (!only || picked.has(paper.key)) && words.every((word) => text(paper).includes(word)));
    const fits = (paper, name) => !choices[name] || paper.has[name].some((number) => choices[name].has(number));
    shown = rest.filter((paper) => facets.every((name) => fits(paper, name)));
    const visible = new Set(shown);
    for (const paper of papers) paper.element.hidden = !visible.has(paper);

    // A count says how many papers one would see by choosing this, everything else being as it is.
    for (const name of facets.filter((one) => one in lists)) {
      const others = facets.filter((one) => one !== name);
      const counts = tally(name, rest.filter((paper) => others.every((one) => fits(paper, one))));
      options[name].forEach((option, number) => {
        option.text = `${lists[name][number][1]} (${counts[number]})`;
        option.disabled = !counts[number] && !option.selected;
      });
    }
    arrange();
    empty.hidden = shown.length > 0;
    form.querySelector("output").textContent = shown.length === papers.length
      ? say("papers", { n: papers.length }) : say("some", { n: shown.length, all: papers.length });
    offer();
  };

  // In the volume's order papers stand under their tracks; in another, in one list.
  let order = "";
  const arrange = () => {
    const now = field("sort").value;
    if (now !== order) {
      const sorted = [...papers].sort((one, other) =>
        now === "title" ? one.byTitle - other.byTitle
          : now === "author" ? one.byAuthor - other.byAuthor || one.byTitle - other.byTitle
            : one.number - other.number);
      for (const paper of sorted) (now ? groups[0] : paper.home).items.append(paper.element);
      order = now;
    }
    groups.forEach((group, index) => {
      const inside = shown.filter((paper) => (now ? groups[0] : paper.home) === group).length;
      group.element.hidden = !inside;
      if (group.heading) group.heading.hidden = Boolean(now);
      if (group.count) group.count.textContent = `${inside}`;
    });
  };

  // The selection: a box at each paper, and what can be done with all that are ticked.
  const bar = page.querySelector("[data-proc-selection]");
  for (const paper of papers) {
    const row = document.createElement("li");
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.setAttribute("aria-label", say("select", { title: paper.title }));
    box.addEventListener("change", () => picked.put(paper.key, box.checked));
    label.className = "proc-select";
    label.append(box, ` ${say("box")}`);
    row.append(label);
    paper.element.querySelector(".proc-item-links").append(row);
    paper.box = box;
  }
  const chosen = () => papers.filter((paper) => picked.has(paper.key));
  const offer = () => {
    const count = chosen().length;
    bar.querySelector("[data-proc-what]").textContent = count
      ? say("selected", { n: count }) : say("listed", { n: shown.length });
    bar.querySelector("[data-proc-clear]").hidden = !count;
    bar.querySelector("[data-proc-only]").hidden = !count && !field("selected").checked;
    for (const button of bar.querySelectorAll("[data-proc-export]")) button.disabled = !count && !shown.length;
  };
  picked.listen(() => {
    for (const paper of papers) paper.box.checked = picked.has(paper.key);
    if (field("selected").checked) apply(); else offer();
  });
  bar.querySelector("[data-proc-clear]").addEventListener("click", () => {
    field("selected").checked = false;
    picked.clear();
    apply();
    remember();
    field("q").focus();
  });

  const cited = async (some, place) => {
    const parts = await Promise.all(some.map((paper) => load("citations", Math.floor(paper.number / data.part))));
    return some.map((paper, index) => parts[index][paper.key][place]);
  };
  // As RFC 4180 has it; and no cell that a spreadsheet takes for a formula.
  const cell = (value) => {
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const table = (some) => [
    ["key", "title", "authors", "track", "pages", "doi", "page"],
    ...some.map((paper) => [
      paper.key, paper.title,
      paper.has.author.map((number) => data.authors[number][1]).join("; "),
      paper.has.track.map((number) => data.tracks[number][1]).join("; "),
      paper.pages, paper.doi, new URL(`papers/${paper.file}.html`, location.href).href,
    ]),
  ].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
  const exporting = {
    bib: async (some) => save("papers.bib", "application/x-bibtex", (await cited(some, 0)).join("\n")),
    ris: async (some) => save("papers.ris", "application/x-research-info-systems", (await cited(some, 1)).join("")),
    csv: async (some) => save("papers.csv", "text/csv", table(some)),
  };
  for (const button of bar.querySelectorAll("[data-proc-export]")) {
    button.addEventListener("click", () =>
      exporting[button.dataset.procExport](chosen().length ? chosen() : shown));
  }

  // Abstracts, all at once.
  field("abstracts")?.addEventListener("change", () => unfold());
  const unfold = () => {
    for (const fold of list.querySelectorAll(".proc-abstract")) fold.open = field("abstracts").checked;
  };

  // The state is the address, so that it can be kept and sent; only the fragment may change on file://.
  const names = ["q", ...facets, "sort"];
  const boxes = ["abstracts", "selected"].filter((name) => field(name));
  const remember = () => {
    const state = new URLSearchParams();
    for (const name of names) if (field(name).value.trim()) state.set(name, field(name).value.trim());
    for (const name of boxes) if (field(name).checked) state.set(name, "1");
    const hash = state.toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };
  const recall = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    // Another fragment leads to a heading.
    if (location.hash && ![...names, ...boxes].some((name) => state.has(name))) return;
    for (const name of names) {
      field(name).value = state.get(name) || "";
      if (field(name).selectedIndex < 0) field(name).value = "";
    }
    for (const name of boxes) field(name).checked = state.has(name);
    if (facets.some((name) => field(name).value)) form.querySelector("details").open = true;
    if (field("abstracts")?.checked) unfold();
    apply();
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target.name !== "abstracts") apply();
    remember();
  });
  empty.querySelector("[data-proc-reset]").addEventListener("click", () => {
    form.reset();
    apply();
    remember();
    field("q").focus();
  });
  window.addEventListener("hashchange", recall);
  form.hidden = false;
  if (matchMedia("(min-width: 63em)").matches && facets.length) form.querySelector("details").open = true;
  apply();
  recall();
});
