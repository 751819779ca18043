/** Owns the look of a box to tick, for the parts that draw one. Must not hold a colour of a theme. */
export const TICK = `
.tick{display:flex;gap:.75em;align-items:center;color:var(--text);cursor:pointer}
.tick input{display:grid;flex:none;place-items:center;inline-size:1.7em;block-size:1.7em;margin:0;border:1px solid var(--border);border-radius:min(var(--radius),.4em);background:var(--field);color:var(--on-accent);font:inherit;appearance:none;cursor:pointer}
.tick :checked{border-color:var(--accent);background:var(--accent)}
.tick :checked::before{content:"\u2713" / "";font-weight:700}
.tick>span{flex:1}
.tick~a{margin-inline-start:2.45em}
`;
