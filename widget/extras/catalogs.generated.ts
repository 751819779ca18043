/** Owns the texts of the extras, packed from proxy/shared/messages/. Must not be edited: `npm run generate` writes it. */
import type { Packed } from "../i18n/unpack.ts";

export const EXTRA_CATALOGS: Packed = {
  keys:
    "understood;close;offline;cancel;wait",
  en:
    "We will call {phone};Close;You are offline. We will send it when you are back.;Cancel;You can try again in: {time}",
  ar:
    "QdHSb Fa Wbg 1;CXbE`;bE hfJM EHSEb. QdOQb EbUbF _fO WfMHe.;CbXE?;hcada EbcKEfbG FWM: 3",
  ru:
    "Kz nmfamlgk l_ 1;F_iozq{;Ldq pdqg. Mqno_agk, i_i qmj{im pa~f{ adol5qp~.;Mqkdlgq{;Kmelm nmaqmogq{ vdodf: 3",
};
