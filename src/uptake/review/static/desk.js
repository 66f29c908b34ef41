// Keys of the desk: a letter or figure outside of a field presses, follows or enters what bears it.
"use strict";

const TYPED = new Set(["INPUT", "SELECT", "TEXTAREA"]);

function typing(element) {
  return TYPED.has(element.tagName) && !["radio", "checkbox"].includes(element.type);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Escape") {
    document.activeElement.blur();
    return;
  }
  if (typing(document.activeElement)) return;
  const found = [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key === event.key.toLowerCase(),
  );
  if (!found) return;
  event.preventDefault();
  if (typing(found)) {
    found.focus();
  } else {
    found.click();
  }
});

// The quote, or the message to label, is in view in its box; the page itself stays where it is.
const mark = document.querySelector(".document mark, .document .turn.last");
if (mark) {
  const box = mark.closest(".document");
  const above = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += above - box.clientHeight / 2;
}
