/** Owns what each value of `theme` sets. Plain data: the pages without script look the same. */
export const PRESETS = {
  estate: `--accent:var(--lead-form-accent,light-dark(#7a4f17,#e0b873));
--surface:var(--lead-form-surface,light-dark(#fbf8f3,#1b1814));
--field:var(--lead-form-field,light-dark(#fff,#241f19));
--text:var(--lead-form-text,light-dark(#221d16,#f4eee4));
--muted:var(--lead-form-muted,light-dark(#5f5546,#b8ad9b));
--border:var(--lead-form-border,light-dark(#94876f,#857862));
--radius:var(--lead-form-radius,2px);
--heading:ui-serif,Georgia,"Times New Roman",serif`,
  fintech: `--accent:var(--lead-form-accent,light-dark(#00704f,#4fd6a4));
--surface:var(--lead-form-surface,light-dark(#fff,#0d1614));
--field:var(--lead-form-field,light-dark(#f4f7f6,#14211d));
--text:var(--lead-form-text,light-dark(#0c1f1a,#eef6f3));
--muted:var(--lead-form-muted,light-dark(#4a5f58,#a3b5ae));
--border:var(--lead-form-border,light-dark(#7a8f88,#6b8078));
--radius:var(--lead-form-radius,14px)`,
  ink: `color-scheme:dark;
--accent:var(--lead-form-accent,#fff);
--surface:var(--lead-form-surface,#0f1115);
--field:var(--lead-form-field,#171a20);
--text:var(--lead-form-text,#fff);
--muted:var(--lead-form-muted,#b9bfca);
--border:var(--lead-form-border,#7d8594);
--radius:var(--lead-form-radius,10px)`,
} as const;
