/**
 * Owns the moments at which a form loads its parts and is drawn with them. Must not hold back a form that
 * somebody uses.
 */
import type { PhoneField } from "../fields/phone-field.ts";
import { essentials, spelling, worldPlans as world } from "../lazy/essentials.ts";
import { extras } from "../lazy/extras.ts";
import { ownFields } from "../lazy/own-fields.ts";
import { inTurn, refreshWhenNear } from "./turns.ts";

/** A form that the extras are for; for a link they are asked for in `aliases.ts`. */
export const ASKS_EXTRAS = "[consent=checkbox],[consent=optional],[presentation],[data-layer]";

/** What is drawn again. */
type Drawn = HTMLElement & { requestUpdate(): void; refresh(): void };

/** @param isUrgent draws with the parts also a form that nobody sees */
export const loadParts = (form: Drawn, isUrgent: boolean): void => {
  const later = [spelling, world, ownFields, extras];
  // A drawing asks again for what could not be had.
  if (later.some(({ failed }) => failed)) form.requestUpdate();
  for (const part of later) part.failed = false;
  // Also where another form has loaded them: this one has yet to be drawn with them.
  for (const part of [essentials, form.matches(ASKS_EXTRAS) && extras])
    if (part)
      void part
        .load()
        .then(() => (isUrgent ? inTurn(() => form.refresh()) : refreshWhenNear(form)));
};

const PHONE_PARTS = { spelling, world };

/** Loads what a typed number needs, and most do not. */
export const loadPhoneRules = (form: Drawn, { phone, context }: PhoneField): void => {
  const { part } = essentials;
  const lacking = part?.lacks(phone, context);
  if (!lacking) return;
  const later = PHONE_PARTS[lacking];
  later.want(() => {
    if (later.part) part?.addRules(later.part);
    form.requestUpdate();
  });
};
