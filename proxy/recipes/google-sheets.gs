/**
 * Owns the row of each delivered lead in a Google Sheet. Must not write a row twice.
 *
 * Sheet > Extensions > Apps Script: paste this, set the script property KEY to a long random text, deploy as a
 * web app that runs as you and that anyone may call. Then in the target:
 * "events": {"url": "https://script.google.com/macros/s/<id>/exec?key=<KEY>", "secret": "SHEET_SECRET",
 *            "types": ["lead.delivered"], "content": true}
 * A script cannot read headers, and so no signature: the key in the address stands for it.
 */
function doPost(e) {
  const key = PropertiesService.getScriptProperties().getProperty("KEY");
  // An error is answered with 200 by Apps Script: whoever does not know the key learns nothing.
  if (!key || e.parameter.key !== key) return ContentService.createTextOutput("");
  const { timestamp, data } = JSON.parse(e.postData.contents);
  const lock = LockService.getScriptLock();
  lock.waitLock(10000);
  try {
    const sheet = SpreadsheetApp.getActiveSpreadsheet().getSheets()[0];
    // An event comes at least once: the receipt is the key of its row.
    if (!sheet.createTextFinder(data.lead).matchEntireCell(true).findNext()) {
      const { name, phone, email, project } = data.content || {};
      const cells = [timestamp, data.lead, name, phone, email, project];
      // What a visitor typed must not become a formula.
      sheet.appendRow(
        cells.map((cell) => (/^[=+\-@\t\r]/.test(cell || "") ? "'" + cell : cell || "")),
      );
    }
  } finally {
    lock.releaseLock();
  }
  return ContentService.createTextOutput("ok");
}
