/**
 * Owns the time zones of the rest of the world, as far as visitors come from there: expatriates of the home countries
 * mostly come from them or live in them. Must not hold a home country: its zones are in the phone part.
 */

/** Written as `HOME_ZONES`. */
export const WORLD_ZONES = `IN Cal Kol PK Kar BD Dh PH Mani LK Col NP Kat ID Jak Jay Mak Pont SY Dam SD Khar YE Aden IQ Bag PS
Gaz Heb TN Tun MA Casa DZ Alg LY Tri IR Teh TR Ist ET Add KE Nai NG Lag ZA Joha GB Lond US Ada Anc
Beu Boi Cente Chic Den Det Hono Indianap Jun Kn Los Lou Mare Meno Met Monti New_ Nom Pet Pho Sit
Tell Ve Vin Wina Yakuta CA Ati Blanc Camb Cora Cr Daw Ed Fort_N Gl Goo Hal Inu Iq Monc Rank Reg Res
St_J Sw Toro Van Wh Winn FR Pari DE Berl Bus IT Rom ES Cana Ceu Madr UA Kie Ky UZ Samark Tash KG
Bish TJ Dus TM Ashg AZ Bak AM Yer GE Tb BY Min MD Chis CN Sha Ur KR Se AU Adel Bri Bro Darw Eu Hob
Lin Lor Macq Mel Per Syd IL Jeru NL Ams CH Zur AT Vienn SE Sto GR Ath CY Fam Nic PL War`;
