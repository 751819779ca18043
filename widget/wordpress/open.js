/** Owns the links that open a form as a dialog. Without this file they lead to the hosted page. */
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a.lead-form-open");
  const form = link && link.nextElementSibling;
  // Not defined, not loaded, or the visitor wants another tab: the link does what links do.
  if (!form || !form.show || event.defaultPrevented) return;
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  form.show();
});
