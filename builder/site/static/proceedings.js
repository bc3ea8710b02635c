"use strict";
// Small comforts; without them every page reads the same. No request leaves the site; what a reader
// chooses stays in this browser.
(() => {
  const Proceedings = (window.Proceedings ??= {});

  // Letters with a stroke and ligatures do not come apart in Unicode.
  const letters = { ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th" };
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{Mark}/gu, "").toLowerCase()
      .replace(/[øłđðħıßæœþ]/g, (letter) => letters[letter]).replace(/\s+/g, " ");

  // Copying a citation.
  for (const button of document.querySelectorAll("[data-proc-copy]")) {
    const source = button.closest(".proc-cite").querySelector("[data-proc-source], code");
    const label = button.textContent;
    let timer = 0;
    const say = (text) => {
      button.textContent = text;
      clearTimeout(timer);
      timer = setTimeout(() => { button.textContent = label; }, 2000);
    };
    const select = () => {
      const range = document.createRange();
      range.selectNodeContents(source);
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
    };
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.textContent);
        say(button.dataset.copied);
      } catch {
        // From a USB stick there may be no clipboard: the selection can be copied by hand.
        select();
        say(document.execCommand("copy") ? button.dataset.copied : button.dataset.marked);
      }
    });
  }

  // What a reader picked, kept on this device under the site's name; or for this page's life, where
  // the browser keeps nothing.
  const keep = (site, name) => {
    const key = `proceedings/${site}/${name}`;
    const listeners = [];
    const read = () => {
      try {
        const found = JSON.parse(localStorage.getItem(key) || "[]");
        return new Set(Array.isArray(found) ? found.filter((id) => typeof id === "string") : []);
      } catch {
        return new Set();
      }
    };
    let chosen = read();
    const tell = () => { for (const listener of listeners) listener(); };
    const write = () => {
      try {
        if (chosen.size) localStorage.setItem(key, JSON.stringify([...chosen]));
        else localStorage.removeItem(key);
      } catch { /* Nothing is kept here. */ }
      tell();
    };
    window.addEventListener("storage", (event) => {
      if (event.key === key || event.key === null) { chosen = read(); tell(); }
    });
    return {
      has: (id) => chosen.has(id),
      put: (id, wanted) => { if (wanted) chosen.add(id); else chosen.delete(id); write(); },
      clear: () => { chosen = new Set(); write(); },
      all: () => [...chosen],
      listen: (listener) => { listeners.push(listener); listener(); },
    };
  };

  // A file made here, for the reader to save.
  const save = (name, type, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // A time as read on another clock, with how many days later or earlier that is. `null` where the
  // source does not say which clock it means.
  const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const known = (iso) => /T.*(?:[+-]\d\d:\d\d|Z)$/.test(iso || "");
  const clock = (iso, zone) => {
    const parts = Object.fromEntries(new Intl.DateTimeFormat("en", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit",
    }).formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
    const there = Date.UTC(parts.year, parts.month - 1, parts.day);
    const days = Math.round((there - Date.parse(`${iso.slice(0, 10)}T00:00Z`)) / 86400000);
    return { text: `${Number(parts.hour)}:${parts.minute}`, days };
  };
  const shifted = (days, words) => {
    if (!days) return "";
    const text = (days > 0 ? words.later : words.earlier).replace("{n}", Math.abs(days));
    return ` (${text})`;
  };
  const hours = (begins, ends, zone, words) => {
    const start = clock(begins, zone);
    if (!known(ends)) return start.text + shifted(start.days, words);
    const end = clock(ends, zone);
    // The end's day is counted from the beginning's.
    const over = Math.round((Date.parse(`${ends.slice(0, 10)}T00:00Z`) - Date.parse(`${begins.slice(0, 10)}T00:00Z`)) / 86400000);
    end.days += over;
    return start.days === end.days
      ? `${start.text}–${end.text}${shifted(start.days, words)}`
      : `${start.text}${shifted(start.days, words)}–${end.text}${shifted(end.days, words)}`;
  };

  Object.assign(Proceedings, { fold, keep, save, known, hours, HERE });

  // The session of a paper on the reader's own clock, where that shows another time.
  for (const time of document.querySelectorAll("[data-proc-local]")) {
    const { dateTime } = time;
    const words = time.dataset;
    if (!known(dateTime)) continue;
    const offset = -new Date(dateTime).getTimezoneOffset();
    const [, sign, hour, minute] = dateTime.match(/([+-])(\d\d):(\d\d)$/);
    if (offset === (sign === "-" ? -1 : 1) * (Number(hour) * 60 + Number(minute))) continue;
    time.textContent = time.dataset.procLocal
      .replace("{zone}", HERE.replaceAll("_", " "))
      .replace("{time}", hours(dateTime, time.dataset.end, HERE, words));
    time.hidden = false;
  }

  // Themes give their search page no heading.
  const results = document.getElementById("search-results");
  if (results && !document.querySelector("h1")) {
    const heading = document.createElement("h1");
    // Theirs is the word: ours never shows this page.
    heading.textContent = typeof _ === "function" ? _("Search") : "Search";
    results.parentElement.prepend(heading);
  }

  // Selecting the paper of a page.
  for (const button of document.querySelectorAll("[data-proc-select]")) {
    const picked = keep(button.dataset.procSite, "papers");
    const key = button.dataset.procSelect;
    picked.listen(() => {
      button.setAttribute("aria-pressed", picked.has(key));
      button.textContent = picked.has(key) ? button.dataset.on : button.dataset.off;
    });
    button.addEventListener("click", () => picked.put(key, !picked.has(key)));
    button.hidden = false;
  }

  // A PDF is fetched only by who opens its preview.
  for (const preview of document.querySelectorAll("[data-proc-preview]")) {
    preview.hidden = false;
    preview.addEventListener("toggle", () => {
      if (!preview.open || preview.querySelector("iframe")) return;
      const frame = document.createElement("iframe");
      frame.src = preview.dataset.procPreview;
      frame.title = preview.dataset.title;
      preview.append(frame);
    });
  }

  // Filtering a list of names.
  for (const form of document.querySelectorAll("[data-proc-filter]")) {
    const page = form.parentElement;
    const list = page.querySelector("[data-proc-list]");
    const empty = page.querySelector("[data-proc-empty]");
    const count = form.querySelector("output");
    const words = form.elements.q;
    const items = [...list.querySelectorAll(".proc-item")]
      .map((element) => ({ element, text: fold(element.textContent) }));
    const groups = [...list.querySelectorAll(".proc-group")]
      .map((element) => ({ element, items: items.filter((item) => element.contains(item.element)) }));

    const apply = () => {
      const wanted = fold(words.value).split(" ").filter(Boolean);
      let shown = 0;
      for (const item of items) {
        const fits = wanted.every((word) => item.text.includes(word));
        item.element.hidden = !fits;
        shown += fits;
      }
      for (const group of groups) group.element.hidden = group.items.every((item) => item.element.hidden);
      empty.hidden = shown > 0;
      const noun = items.length === 1 ? count.dataset.one : count.dataset.many;
      const some = count.dataset.some.replace("{n}", shown).replace("{all}", items.length);
      count.textContent = `${shown === items.length ? items.length : some} ${noun}`;
    };
    const remember = () => {
      const hash = words.value.trim() ? new URLSearchParams({ q: words.value.trim() }).toString() : "";
      // Works from file:// too, where only the fragment may change.
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    };
    const recall = () => {
      words.value = new URLSearchParams(location.hash.slice(1)).get("q") || "";
      apply();
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => { apply(); remember(); });
    empty.querySelector("[data-proc-reset]").addEventListener("click", () => {
      words.value = "";
      apply();
      remember();
      words.focus();
    });
    window.addEventListener("hashchange", recall);
    form.hidden = false;
    recall();
  }
})();
