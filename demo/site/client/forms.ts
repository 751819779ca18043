/** Owns the other side of the forms on a page of text: the proxy inside it. Must not draw one. */
import { keepInPage } from "../../in-page/fetch.ts";

keepInPage(document.querySelector("lead-form")?.getAttribute("endpoint") ?? "", () => {});
