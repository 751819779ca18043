/** Owns the texts of the extras, packed from proxy/shared/messages/. Must not be edited: `npm run generate` writes it. */
import type { Packed } from "../i18n/unpack.ts";

export const EXTRA_CATALOGS: Packed = {
  keys:
    "understood;close;malformed origin_refused unknown_target not_found method_refused too_large unsupported_type invalid;project_missing project_unknown;retrying;offline;cancel;wait;another;name_too_long;phone_not_mobile",
  en:
    "We will call {phone};Close;This form is not set up correctly. Your request was not sent.;Choose a project from the list;Trying again…;You are offline. We will send it when you are back.;Cancel;You can try again in: {time};Send another request;Enter a shorter name;Enter a mobile number",
  ar:
    "QdHSb Fa Wbg 1;CXbE`;eNE EbdcfNJ XhO cTFfU. bc hmOQb UbFa.;ELHO cROfWiE cd Eb`EDcG;dKEfb cOG ALOg0;bE hfJM EHSEb. QdOQb EbUbF _fO WfMHe.;CbXE?;hcada EbcKEfbG FWM: 3;COQEb UbF @LO;EaHF EQciE A`SO;EaHF O`c eEH_ cKcfb",
  ru:
    "Kz nmfamlgk l_ 1;F_iozq{;Smok_ l_pqomdl_ ldadolm. F_~ai_ ld mqno_ajdl_.;Az`dogqd nomdiq gf pngpi_;Nom`rdk dx5 o_f0;Ldq pdqg. Mqno_agk, i_i qmj{im pa~f{ adol5qp~.;Mqkdlgq{;Kmelm nmaqmogq{ vdodf: 3;Mqno_agq{ dx5 mclr f_~air;Aadcgqd gk~ imomvd;Aadcgqd km`gj{lzh lmkdo",
};
