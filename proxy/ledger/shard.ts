/** Owns the choice of a lead's store among those of its target. Must not change: a repeat finds its lead by it. */

export const shardOf = (id: string, shards: number): number =>
  Number.parseInt(id.slice(0, 8), 16) % shards;
