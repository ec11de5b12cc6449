// Keys, and lighting up what belongs together. Everything works without it, by links and forms.
"use strict";
(() => {
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const active = document.activeElement || document.body;
    if (event.key === "Escape" && typing(active)) { active.blur(); return; }
    if (typing(active)) return;
    const target = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === event.key);
    if (!target) return;
    event.preventDefault();
    if (typing(target)) { target.focus(); if (target.select) target.select(); }
    else target.click();
  });

  const light = (id, on) => {
    for (const element of document.querySelectorAll("[data-row]"))
      if (element.dataset.row === id) element.classList.toggle("lit", on);
  };
  for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(begin, (event) => {
      const element = event.target.closest && event.target.closest("[data-row]");
      if (element) light(element.dataset.row, true);
    });
    document.addEventListener(end, (event) => {
      const element = event.target.closest && event.target.closest("[data-row]");
      if (element) light(element.dataset.row, false);
    });
  }

  const show = () => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    const box = document.querySelector(".box.chosen");
    const side = document.querySelector(".page-side");
    const at = box && side ? box.getBoundingClientRect().top - side.getBoundingClientRect().top : 0;
    if (at > side?.clientHeight * 0.8) {
      side.scrollTo({ top: side.scrollTop + at - side.clientHeight / 3, behavior: calm });
    }
    const id = decodeURIComponent(location.hash.slice(1));
    if (id.startsWith("row-")) for (const element of document.querySelectorAll(".box, .span"))
      element.classList.toggle("chosen", `row-${element.dataset.row}` === id);
    const chosen = document.querySelector(".line.chosen");
    const place = chosen && chosen.getBoundingClientRect();
    if (place && (place.top < 0 || place.bottom > innerHeight) && matchMedia("(min-width: 60rem)").matches)
      chosen.scrollIntoView({ block: "center", behavior: calm });
    const alert = document.querySelector("[role=alert]");
    if (alert) alert.focus();
  };
  addEventListener("DOMContentLoaded", show);
  addEventListener("hashchange", show);
  // A box is a link inside of a picture; where its record is listed, that one's link does the same
  // without loading the whole page.
  document.addEventListener("click", (event) => {
    const box = event.target.closest && event.target.closest("a.box, a.span");
    if (!box || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const line = document.getElementById(`row-${box.dataset.row}`);
    const link = line && line.querySelector("a.choose");
    if (!link || new URL(link.href).searchParams.get("page") !== new URL(location.href).searchParams.get("page")) return;
    event.preventDefault();
    link.click();
  });

  document.addEventListener("htmx:afterSettle", () => {
    show();
    const next = document.querySelector("[role=alert], .line.chosen .choose, #doubt, #main");
    if (next && document.activeElement === document.body) next.focus({ preventScroll: true });
  });
})();
