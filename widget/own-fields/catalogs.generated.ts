/** Owns the texts about own fields, packed from proxy/shared/messages/. Must not be edited: `npm run generate` writes it. */
import type { Packed } from "../i18n/unpack.ts";

export const OWN_CATALOGS: Packed = {
  keys:
    "field_missing;field_invalid;field_unknown;field_range;field_min;field_max;field_too_long",
  en:
    "An answer is needed;Check your answer;Choose one of the options;From {min} to {max};From {min};Up to {max};At most {max} characters",
  ar:
    "EbCJEFG cUbfFG;HK`` cd CJEFHa;ELHO AKM EbLhEOEH;cd = Cbg >;cd =;KHg >;> KO_ Wbg EbAaIO",
  ru:
    "Lredl mqadq;Nomado{qd mqadq;Az`dogqd gf pngpi_;Mq = cm >;Mq =;Cm >;Ld `mj{wd > pgkamjma",
};
