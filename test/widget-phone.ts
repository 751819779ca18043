/** Owns the phone rules of the widget as they are once any spelling is read. Must not hold the plans of the world. */
import { addRules } from "../widget/essentials/phone/index.ts";
import { takeApart } from "../widget/essentials/phone/spelling/index.ts";

addRules({ takeApart });

export { readPhone, resolve } from "../widget/essentials/phone/index.ts";
