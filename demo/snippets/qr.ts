/** Owns the QR code of an address, as an image to put on paper. Must not touch the DOM. */
import { renderSVG } from "uqr";

/** Modules of quiet ground on each side (ISO/IEC 18004, 6.3.8). */
const QUIET = 4;

/** Black on white in every scheme: scanners expect it. A smudge of 15 % is borne. */
export const qrCode = (address: string): string => renderSVG(address, { border: QUIET, ecc: "M" });
