/** Owns the reading of a header of wishes, each with its weight (RFC 9110, 12.4.2). Must not choose one of them. */

/** The weight of each wish by its name in small letters; 0 where it is not wanted, or its weight is no number. */
export const readWishes = (header: string): ReadonlyMap<string, number> =>
  new Map(
    header
      .toLowerCase()
      .split(",")
      .map((item) => {
        const [name = "", weight = "q=1"] = item.split(";").map((part) => part.trim());
        return [name, Number(weight.replace(/^q=/, "")) || 0] as const;
      }),
  );
