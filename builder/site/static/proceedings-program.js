"use strict";
// The program: the reader's own clock, what is on now, and a program of one's own for one's calendar.
// Themes decide where the common script stands; all have run by then.
document.addEventListener("DOMContentLoaded", () => {
  const { keep, save, known, hours, HERE, calendar } = window.Proceedings ?? {};
  const form = document.querySelector("[data-proc-program]");
  if (!form || !calendar) return;
  const page = form.parentElement;
  const site = form.dataset.procSite;
  const mine = keep(site, "program");
  const settings = keep(site, "clock");
  const say = (name, values = {}) =>
    form.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

  // The reader's own clock.
  const times = [...page.querySelectorAll("time[datetime]")]
    .filter((time) => known(time.dateTime))
    .map((time) => ({ time, here: time.textContent }));
  const zone = form.elements.zone;
  const words = { later: form.dataset.later, earlier: form.dataset.earlier };
  const line = page.querySelector("[data-proc-clock]");
  const venue = line?.textContent;
  const tell = () => {
    if (line) line.textContent = zone.value ? say("own", { zone: zone.value.replaceAll("_", " ") }) : venue;
    for (const { time, here } of times) {
      time.textContent = zone.value
        ? hours(time.dateTime, time.dataset.end, zone.value, words) : here;
    }
  };
  if (times.length) {
    zone.append(new Option(say("mine", { zone: HERE.replaceAll("_", " ") }), HERE));
    zone.value = settings.has("own") ? HERE : "";
    zone.addEventListener("change", () => { settings.put("own", Boolean(zone.value)); tell(); });
    form.querySelector(".proc-zone").hidden = false;
    tell();
  }

  // What is on now.
  const jump = form.querySelector("[data-proc-now]");
  const running = () => {
    const now = Date.now();
    let first = "";
    for (const session of page.querySelectorAll(".proc-session[id]")) {
      const time = session.querySelector(":scope > .proc-time time[data-end]");
      const on = Boolean(time) && known(time.dateTime)
        && Date.parse(time.dateTime) <= now && now < Date.parse(time.dataset.end);
      session.classList.toggle("proc-on", on);
      const badge = session.querySelector(":scope > .proc-time > .proc-on-badge");
      if (on && !badge) {
        const mark = document.createElement("span");
        mark.className = "proc-badge proc-on-badge";
        mark.textContent = say("now");
        session.querySelector(":scope > .proc-time").append(" ", mark);
      }
      if (!on) badge?.remove();
      if (on) first ||= session.id;
    }
    jump.hidden = !first;
    if (first) jump.href = `#${encodeURIComponent(first)}`;
  };
  running();
  setInterval(running, 30000);

  // One's own program.
  const button = (className, label, text) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.setAttribute("aria-label", label);
    made.textContent = text;
    return made;
  };
  const file = (ids) => calendar.head + ids.map((id) => calendar.events[id]).join("") + calendar.tail;
  const picks = [...page.querySelectorAll("[data-pick]")].map((element) => {
    const id = element.dataset.pick;
    const title = element.querySelector("h2, h3, h4, h5, h6, .proc-slot-what > :first-child")
      .textContent.trim();
    const star = button("proc-star", say("add", { title }), "☆");
    star.addEventListener("click", () => mine.put(id, !mine.has(id)));
    const tools = document.createElement("span");
    tools.className = "proc-picks";
    tools.append(star);
    if (id in calendar.events) {
      const single = button("proc-ics", say("file", { title }), ".ics");
      single.addEventListener("click", () => save(`${id.replace(/[^\w.-]+/g, "-")}.ics`, "text/calendar", file([id])));
      tools.append(single);
    }
    (element.querySelector(":scope > .proc-what") || element).prepend(tools);
    return { element, id, star };
  });
  const only = form.elements.mine;
  const own = form.querySelector("[data-proc-save]");
  const show = () => {
    for (const { id, star } of picks) {
      const picked = mine.has(id);
      star.setAttribute("aria-pressed", picked);
      star.textContent = picked ? "★" : "☆";
    }
    const picked = picks.filter(({ id }) => mine.has(id));
    own.hidden = !picked.some(({ id }) => id in calendar.events);
    form.querySelector("[data-proc-none]").hidden = !only.checked || picked.length > 0;
    // What is picked shows with what it stands in, and a session with all that is in it.
    const kept = picked.map(({ element }) => element);
    for (const element of page.querySelectorAll(".proc-session, .proc-slots > li, .proc-day")) {
      element.hidden = only.checked
        && !kept.some((one) => element.contains(one) || one.contains(element));
    }
  };
  mine.listen(show);
  only.addEventListener("change", show);
  own.addEventListener("click", () => {
    const ids = picks.map(({ id }) => id).filter((id) => mine.has(id) && id in calendar.events);
    save("my-program.ics", "text/calendar", file(ids));
  });
  form.querySelector("[data-proc-print]").addEventListener("click", () => window.print());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
});
