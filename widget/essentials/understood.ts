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
  const phone = formatted + (extension ? ` ${text("extension")} ${extension}` : "");
  return text("understood", { phone });
};
