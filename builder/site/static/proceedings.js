"use strict";
// Two small comforts; without them every page reads the same. No request, no storage.
(() => {
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
        say("Copied");
      } catch {
        // From a USB stick there may be no clipboard: the selection can be copied by hand.
        select();
        say(document.execCommand("copy") ? "Copied" : "Selected");
      }
    });
  }

  // Filtering a list.
  for (const form of document.querySelectorAll("[data-proc-filter]")) {
    const page = form.parentElement;
    const list = page.querySelector("[data-proc-list]");
    const empty = page.querySelector("[data-proc-empty]");
    const count = form.querySelector("output");
    const words = form.elements.q;
    const track = form.elements.track;
    const items = [...list.querySelectorAll(".proc-item")].map((element) => ({
      element,
      text: fold(element.textContent),
      track: element.dataset.track || "",
    }));
    const groups = [...list.querySelectorAll(".proc-group")].map((element) => ({
      element,
      items: items.filter((item) => element.contains(item.element)),
      count: element.querySelector(":scope > :is(h2, h3) .proc-count"),
    }));

    const apply = () => {
      const wanted = fold(words.value).split(" ").filter(Boolean);
      const only = track ? track.value : "";
      let shown = 0;
      for (const item of items) {
        const fits = (!only || item.track === only) && wanted.every((word) => item.text.includes(word));
        item.element.hidden = !fits;
        shown += fits;
      }
      for (const group of groups) {
        const visible = group.items.filter((item) => !item.element.hidden).length;
        group.element.hidden = !visible;
        if (group.count) group.count.textContent = `${visible}`;
      }
      empty.hidden = shown > 0;
      const noun = items.length === 1 ? count.dataset.one : count.dataset.many;
      count.textContent = `${shown === items.length ? "" : `${shown} of `}${items.length} ${noun}`;
    };

    const remember = () => {
      const state = new URLSearchParams();
      if (words.value.trim()) state.set("q", words.value.trim());
      if (track && track.value) state.set("track", track.value);
      const hash = state.toString();
      // Works from file:// too, where only the fragment may change.
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    };

    const recall = () => {
      const state = new URLSearchParams(location.hash.slice(1));
      if (location.hash && !state.has("q") && !state.has("track")) return;
      words.value = state.get("q") || "";
      if (track) {
        track.value = state.get("track") || "";
        if (track.selectedIndex < 0) track.value = "";
      }
      apply();
    };

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => { apply(); remember(); });
    empty.querySelector("[data-proc-reset]").addEventListener("click", () => {
      words.value = "";
      if (track) track.value = "";
      apply();
      remember();
      words.focus();
    });
    window.addEventListener("hashchange", recall);
    form.hidden = false;
    apply();
    recall();
  }
})();
