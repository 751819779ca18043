/** Owns the look of a box to tick, for the parts that draw one; its place is that of the first view. Must not hold a colour of a theme. */
export const TICK = `
.tick{color:var(--text);cursor:pointer}
.tick input{display:grid;place-items:center;border:1px solid var(--border);border-radius:min(var(--radius),.4em);background:var(--field);color:var(--on-accent);appearance:none;cursor:pointer}
.tick :checked{border-color:var(--accent);background:var(--accent)}
.tick :checked::before{content:"\u2713" / "";font-weight:700}
.tick>span{flex:1}
`;
