/** Owns the texts of the form, packed from proxy/shared/messages/. Must not be edited: `npm run generate` writes it. */
import type { Packed } from "./unpack.ts";

export const CATALOGS: Packed = {
  keys:
    "heading;name;phone;email email_missing email_invalid;project;choose project_missing project_unknown;optional;notice;consent consent_missing;privacy;submit again another;sending retrying;unavailable;error;summary failed;thanks;success;name_missing name_too_long;phone_missing;phone_invalid phone_unlikely phone_not_mobile",
  en:
    "Request a call;Full name;Phone number;Email address;Project;Choose;optional;By sending this you agree that we contact you.;I agree that you contact me.;Privacy policy;Send request;Sending…;We could not send it just now. Nothing you typed is lost.;Error:;Your request was not sent;Thank you, {name};We will call {phone}.;Enter your full name;Enter your phone number;Enter the full phone number",
  ar:
    "EUbF caEbcG;EbEQc EbaEcb;O`c EbeEH_;EbFOhM EbCbaHOfdh;EbcROfW;ELHO;ELHhEOh;FCOQEb eNE EbdcfNJ HfE_` Wbg Ad dHfESb cWa.;AfE_` Wbg Ad HHfESbfE cWh.;QhEQG EbLSfShG;COQEb EbUbF;JEOk EbCOQEb0;HWNoO EbCOQEb Eb@d. cE aHFHe cK_fV.;LUA:;bc hmOQb UbFa;RaOiE ba7 2;QdHSb Fa Wbg 1.;EaHF EQca EbaEcb;EaHF O`c eEH_a;EaHF O`c EbeEH_ aEcbiE",
  ru:
    "F_i_f_q{ famlmi;Gk~ g s_kgjg~;Qdjdsml;\\jdiqomll_~ nmvq_;Nomdiq;Az`dogqd;ldm`~f_qdj{lm;Mqno_aj~~ smokr, az pmbj_w_dqdp{, vqm kz pa~edkp~ p a_kg.;^ pmbj_w_}p{, vqm az pa~edqdp{ pm klmh.;Nmjgqgi_ imlsgcdlug_j{lmpqg;Mqno_agq{ f_~air;Mqno_aj~dk0;Pdhv_p ld nmjrvgjmp{. Aadc5llzd c_llzd pmto_ldlz.;Mwg`i_:;F_~ai_ ld mqno_ajdl_;Pn_pg`m, 2;Kz nmfamlgk l_ 1.;Aadcgqd gk~ g s_kgjg};Aadcgqd lmkdo qdjdsml_;Aadcgqd lmkdo nmjlmpq{}",
};
