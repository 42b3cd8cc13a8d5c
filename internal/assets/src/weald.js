// Progressive enhancement only: every page works without this file.
import { SortableTable } from "@ministryofjustice/frontend";
import { createAll, initAll } from "govuk-frontend";

// The Design System's pages set these classes in an inline script, which the
// Content-Security-Policy forbids. A module runs after the page is parsed.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
initAll();
createAll(SortableTable);

// A few minutes before somebody is signed out they are told, and may put it off.
const ending = document.querySelector("[data-weald-idle]");
if (ending) {
  const warnFor = 5 * 60;
  const opened = Date.now();
  const whole = Number(ending.dataset.wealdWhole);
  const idle = Number(ending.dataset.wealdIdle);
  let since = opened;
  let notice;
  const show = (words, offer) => {
    if (!notice) {
      notice = document.createElement("div");
      notice.className = "weald-ending__notice";
      notice.setAttribute("role", "alert");
      document.body.append(notice);
    }
    if (notice.dataset.words === words) return;
    notice.dataset.words = words;
    const text = document.createElement("p");
    text.className = "govuk-body";
    text.textContent = words;
    notice.replaceChildren(text);
    if (!offer) return;
    const stay = document.createElement("button");
    stay.type = "button";
    stay.className = "govuk-button";
    stay.textContent = "Stay signed in";
    stay.addEventListener("click", async () => {
      const answer = await fetch(ending.dataset.wealdStay, { method: "POST" }).catch(() => undefined);
      if (answer?.ok) {
        since = Date.now();
        notice.remove();
        notice = undefined;
      } else {
        show("You have been signed out. A form that you send now is kept for you until you have signed in again.", false);
      }
    });
    notice.append(stay);
  };
  const look = () => {
    const untilIdle = idle - (Date.now() - since) / 1000;
    const untilWhole = whole - (Date.now() - opened) / 1000;
    const left = Math.min(untilIdle, untilWhole);
    if (left > warnFor) return;
    const minutes = Math.ceil(left / 60);
    if (minutes <= 0) {
      show("You have been signed out. A form that you send now is kept for you until you have signed in again.", false);
    } else if (untilWhole <= untilIdle) {
      show("You will be signed out in " + (minutes === 1 ? "1 minute" : minutes + " minutes") + ". A form that you send later is kept for you.", false);
    } else {
      show("You will be signed out in " + (minutes === 1 ? "1 minute" : minutes + " minutes") + ".", true);
    }
  };
  look();
  setInterval(look, 5000);
}
