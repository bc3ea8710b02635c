"use strict";
// The search: loads what begins like the words that are typed, and the titles of what is shown.
document.addEventListener("DOMContentLoaded", () => {
  const Proceedings = window.Proceedings ?? {};
  const form = document.querySelector("[data-proc-search]");
  if (!form || !Proceedings.shards) return;
  const { fold } = Proceedings;
  const known = new Set(Proceedings.shards);
  const letters = Number(form.dataset.letters);
  const block = Number(form.dataset.block);
  const kinds = JSON.parse(form.dataset.kinds);
  const list = document.querySelector("#search-results ol");
  const more = document.querySelector("[data-proc-more]");
  const base = form.dataset.root.replace("search/shards.js", "");

  const loading = {};
  const load = (name) => (loading[name] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${base}search/${name}.js?v=${form.dataset.version}`;
    script.addEventListener("load", () => done(Proceedings[name]));
    script.addEventListener("error", () => { delete loading[name]; failed(new Error(script.src)); });
    document.head.append(script);
  }));

  // As the index has them: where a script has no spaces, two neighbouring letters make a word.
  const words = (text) => (fold(text).match(/[\p{L}\p{N}]+/gu) || []).flatMap((word) =>
    /[\u3040-\u30ff\u3400-\u9fff]/.test(word) && word.length > 1
      ? [...word].slice(1).map((letter, at) => [...word][at] + letter) : [word]);
  const shard = (word) => [...word].slice(0, letters)
    .map((letter) => (letter.charCodeAt(0) < 128 ? letter : `${letter.codePointAt(0).toString(16)}_`)).join("");

  // Pages that have every word, or one that begins like it; a word that is on most pages is no help.
  const find = async (text) => {
    let found = null;
    for (const word of words(text).filter((one) => [...one].length >= letters)) {
      const key = shard(word);
      const rows = known.has(key) ? await load(`s_${key}`) : {};
      const scores = new Map();
      let everywhere = false;
      for (const [term, row] of Object.entries(rows)) {
        if (!term.startsWith(word)) continue;
        if (!row.length) everywhere = true;
        const weight = term === word ? 2 : 1;
        for (let at = 0; at < row.length; at += 2) {
          scores.set(row[at], Math.max(scores.get(row[at]) || 0, weight * row[at + 1]));
        }
      }
      if (everywhere) continue;
      found = found === null ? scores
        : new Map([...found].filter(([page]) => scores.has(page)).map(([page, score]) => [page, score + scores.get(page)]));
    }
    return [...(found || [])].sort(([one, a], [other, b]) => b - a || one - other).map(([page]) => page);
  };

  let pages = [];
  let shown = 0;
  const inside = (kind) => {
    const place = kinds.findIndex(([name]) => name === kind);
    if (place < 0) return pages;
    const start = place ? kinds[place - 1][1] : 0;
    return pages.filter((page) => start <= page && page < kinds[place][1]);
  };
  const show = async (turn) => {
    const chosen = inside(form.elements.kind.value);
    const next = chosen.slice(shown, shown + 20);
    const blocks = await Promise.all(next.map((page) => load(`d_${Math.floor(page / block)}`)));
    if (turn !== asked) return;
    next.forEach((page, index) => {
      const [title, name, line] = blocks[index][page % block];
      const item = document.createElement("li");
      const head = document.createElement("p");
      const link = document.createElement("a");
      head.className = "proc-item-title";
      link.href = `${base}${encodeURI(name)}.html`;
      link.dir = "auto";
      link.textContent = title;
      head.append(link);
      item.append(head);
      if (line) {
        const below = document.createElement("p");
        below.className = "proc-item-authors";
        below.dir = "auto";
        below.textContent = line;
        item.append(below);
      }
      list.append(item);
    });
    shown += next.length;
    more.hidden = shown >= chosen.length;
  };
  let asked = 0;
  const search = async () => {
    const turn = ++asked;
    const text = form.elements.words.value;
    const found = await find(text);
    if (turn !== asked) return;
    pages = found;
    const kind = form.elements.kind.value;
    const asks = words(text).length > 0;
    const counted = (name, number) => (asks ? `${name} (${number})` : name);
    form.elements.kind.replaceChildren(
      new Option(counted(form.dataset.all, pages.length), ""),
      ...kinds.map(([name]) => new Option(counted(name, inside(name).length), name)));
    form.elements.kind.value = kind;
    list.replaceChildren();
    shown = 0;
    const output = form.querySelector("output");
    output.textContent = asks && !inside(kind).length ? form.dataset.none : "";
    await show(turn);
  };

  form.elements.words.value = new URLSearchParams(location.search).get("q") || "";
  form.elements.kind.append(new Option(form.dataset.all, ""));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", search);
  more.addEventListener("click", () => show(asked));
  form.hidden = false;
  search();
});
