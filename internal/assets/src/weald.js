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

// What is typed on a form marked data-keep is sent now and then to be kept, so that
// a closed page or a lost connection loses nothing. While there is no connection the
// words stay on the page, which says so and tries again.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const says = form.querySelector("[data-kept]");
  let waiting = 0;
  let unkept = false;
  const keep = async () => {
    waiting = 0;
    const typed = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: typed, redirect: "manual" });
      if (answer.status === 204) {
        unkept = waiting !== 0;
        const now = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
        says.textContent = `What you typed was kept at ${now}. It is not in the plan until you save it.`;
      } else {
        says.textContent = "What you typed cannot be kept: you may have been signed out. Copy it, or sign in on another tab and save.";
      }
    } catch {
      says.textContent = "There is no connection. Your words are on this page, and will be kept when it is back.";
      waiting = setTimeout(keep, 10_000);
    }
  };
  form.addEventListener("input", () => {
    unkept = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 2_000);
  });
  addEventListener("online", () => unkept && keep());
  form.addEventListener("submit", () => {
    unkept = false;
    clearTimeout(waiting);
  });
  addEventListener("beforeunload", (leaving) => unkept && leaving.preventDefault());
}

// Passkeys: a form that asks the reader's phone or computer before it is sent.
// Browsers without them do not show it.
if (window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  for (const part of document.querySelectorAll("[data-weald-passkey-part]")) part.hidden = false;
  for (const words of document.querySelectorAll("[data-weald-passkey-without]")) words.hidden = true;
  for (const form of document.querySelectorAll("form[data-weald-passkey]")) {
    const failed = form.querySelector("[data-weald-passkey-failed]");
    form.addEventListener("submit", async (event) => {
      const name = form.elements.namedItem("name");
      if (form.elements.namedItem("answer").value || (name && !name.value.trim())) return;
      event.preventDefault();
      failed.textContent = "";
      try {
        const asked = await fetch(form.dataset.wealdBegin, { method: "POST" });
        if (!asked.ok) throw new Error(String(asked.status));
        const { publicKey } = await asked.json();
        const credential =
          form.dataset.wealdPasskey === "create"
            ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
            : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
        form.elements.namedItem("answer").value = JSON.stringify(credential.toJSON());
        form.submit();
      } catch (problem) {
        failed.textContent =
          problem.name === "InvalidStateError"
            ? "This phone or computer has a passkey for you already."
            : "It did not work, or you stopped it. Try again, or sign in another way.";
      }
    });
  }
}
