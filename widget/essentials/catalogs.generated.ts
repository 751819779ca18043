/** Owns the texts of the essentials, packed from proxy/shared/messages/. Must not be edited: `npm run generate` writes it. */
import type { Packed } from "../i18n/unpack.ts";

export const ESSENTIAL_CATALOGS: Packed = {
  keys:
    "country;understood;extension;project_missing project_unknown;email_missing;email_invalid;retrying;slow;offline;cancel;summary;again;call;another;name_too_long;phone_unlikely;phone_not_mobile;network",
  en:
    "Country code;We will call {phone};ext.;Choose a project from the list;Enter your email address;Type it like name@example.com;Trying again…;Still sending. This takes a moment.;You are offline. We will send it when you are back.;Cancel;Check these details;Try again;Call us: {phone};Send another request;Enter a shorter name;Is {phone} right? Correct it or send it again;Enter a mobile number;No connection to our server. Nothing you typed is lost.",
  ar:
    "OcP EbMfbG;QdHSb Fa Wbg 1;HKfhbG;ELHO cROfWiE cd Eb`EDcG;EaHF FOhMa EbCbaHOfdh;cIEb: 4;dKEfb cOG ALOg0;cE PbdE dOQb UbFa. hQHXO` Nba bKVEH.;bE hfJM EHSEb. QdOQb EbUbF _fO WfMHe.;CbXE?;OEJW eNe EbFhEdEH;KEfb cOG ALOg;EHSb FdE: 1;COQEb UbF @LO;EaHF EQciE A`SO;eb EbO`c 1 SKhK8 SKoKe Af AOQbe cOG ALOg;EaHF O`c eEH_ cKcfb;bE EHSEb FEbLEMc. cE aHFHe cK_fV.",
  ru:
    "Imc pqo_lz;Kz nmfamlgk l_ 1;cm`.;Az`dogqd nomdiq gf pngpi_;Aadcgqd |jdiqomllr} nmvqr;Nmvq_ a agcd 4;Nom`rdk dx5 o_f0;Ap5 dx5 mqno_aj~dk. Nmcmecgqd ldklmbm.;Ldq pdqg. Mqno_agk, i_i qmj{im pa~f{ adol5qp~.;Mqkdlgq{;Nomado{qd c_llzd;Nmaqmogq{;Nmfamlgqd l_k: 1;Mqno_agq{ dx5 mclr f_~air;Aadcgqd gk~ imomvd;Lmkdo 1 adolzh6 Gpno_a{qd gjg mqno_a{qd dx5 o_f;Aadcgqd km`gj{lzh lmkdo;Ldq pa~fg p pdoadomk. Aadc5llzd c_llzd pmto_ldlz.",
};
