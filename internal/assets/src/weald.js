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
