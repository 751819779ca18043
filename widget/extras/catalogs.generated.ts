/** Owns the texts of the extras, packed from proxy/shared/messages/. Must not be edited: `npm run generate` writes it. */
import type { Packed } from "../i18n/unpack.ts";

export const EXTRA_CATALOGS: Packed = {
  keys:
    "phone_incomplete;close;wait;consent_missing;malformed origin_refused unknown_target not_found method_refused too_large unsupported_type invalid",
  en:
    "This is not a full number for {country}. Choose the country or begin with +;Close;You can try again in: {time};Tick the box to agree;This form is not set up correctly. Your request was not sent.",
  ar:
    "eNE EbO`c XhO aEcb. EbMfbG: <. ELHO EbMfbG Af EFMA FWbEcG +;CXbE`;hcada EbcKEfbG FWM: 3;TW WbEcG bbcfE_`G;eNE EbdcfNJ XhO cTFfU. bc hmOQb UbFa.",
  ru:
    "Lmkdo ldnmjlzh. Pqo_l_: <. Az`dogqd pqo_lr gjg l_vlgqd p +;F_iozq{;Kmelm nmaqmogq{ vdodf: 3;Mqkdq{qd pmbj_pgd;Smok_ l_pqomdl_ ldadolm. F_~ai_ ld mqno_ajdl_.",
};
