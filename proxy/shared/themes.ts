/** Owns the colours of the form: the default ones and each `theme`. Must not import: widget and proxy share it. */

/** `name light dark`: each becomes a custom property that a page can set as `--lead-form-<name>`. */
const colours = (table: string): string =>
  table
    .split(";")
    .map((row) => {
      const [name, light, dark] = row.split(" ");
      return `--${name}:var(--lead-form-${name},${dark ? `light-dark(${light},${dark})` : light})`;
    })
    .join(";");

/**
 * Text on the accent is white or black, by the accent's luminance (y of CIE XYZ): below .18 white has
 * the better contrast, and either has at least 4.5 (WCAG 1.4.3), whatever accent a page sets.
 */
export const DEFAULT_THEME = `${colours(
  "accent #1f56d8 #8fb2ff;surface #fff #14171d;field #fff #1b1f27;text #14171f #f1f3f7;muted #545b69 #aab1be;border #858d9b #6f7888;error #b42318 #ffb0a8;success #0b6b42 #7fdcae;radius .625em;gap 1.25em",
)};--y:clamp(0,(.18 - y)*9999,1);--on-accent:var(--lead-form-on-accent,color(from var(--accent) xyz calc(var(--y)*.95) var(--y) calc(var(--y)*1.089)))`;

/** What each value of `theme` sets. */
export const THEMES = {
  estate: `${colours(
    "accent #7a4f17 #e0b873;surface #fbf8f3 #1b1814;field #fff #241f19;text #221d16 #f4eee4;muted #5f5546 #b8ad9b;border #94876f #857862;radius 2px",
  )};--heading:ui-serif,Georgia,"Times New Roman",serif`,
  fintech: colours(
    "accent #00704f #4fd6a4;surface #fff #0d1614;field #f4f7f6 #14211d;text #0c1f1a #eef6f3;muted #4a5f58 #a3b5ae;border #7a8f88 #6b8078;radius 14px",
  ),
  ink: `color-scheme:dark;${colours(
    "accent #fff;surface #0f1115;field #171a20;text #fff;muted #b9bfca;border #7d8594;radius 10px",
  )}`,
} as const;
