/** Owns the text that says how a phone number is read. Must not decide on it. */
import type { View } from "../element/view/model.ts";

/** The number as it will be called, or "" while that is not sure. */
export const understood = ({
  errors,
  phone: { reading },
  text,
}: Pick<View, "errors" | "phone" | "text">): string => {
  if (errors.phone || !reading?.likely || !reading.formatted) return "";
  const { formatted, extension } = reading;
  // By itself, or the Arabic word beside it would put the plus on the wrong side.
  const number = `\u2066${formatted}\u2069`;
  const phone = extension ? `${number} ${text("extension")} ${extension}` : number;
  return text("understood", { phone });
};
