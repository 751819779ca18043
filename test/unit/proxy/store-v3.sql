CREATE TABLE alert (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE lead (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  state TEXT NOT NULL CHECK (state IN
    ('sending','delivered','rejected','queued','held','quarantined','dead','expired')),
  reason TEXT,
  fields TEXT,
  in_doubt INTEGER NOT NULL DEFAULT 0,
  parked INTEGER NOT NULL DEFAULT 0,
  promised INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER,
  lease_until INTEGER,
  created_at INTEGER NOT NULL,
  done_at INTEGER,
  fp TEXT NOT NULL,
  phone_h TEXT NOT NULL,
  phone_tail TEXT,
  key_id TEXT,
  box TEXT,
  consent_v TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE rate (
  bucket TEXT NOT NULL,
  minute INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (bucket, minute)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_apart ON lead (state, reason, created_at, parked) WHERE state NOT IN ('sending','delivered');
CREATE INDEX lead_created ON lead (created_at);
CREATE INDEX lead_done ON lead (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX lead_due ON lead (state, next_at);
CREATE INDEX lead_fp ON lead (fp, created_at);
CREATE INDEX lead_phone ON lead (phone_h, created_at);
INSERT INTO lead VALUES ('00000000-0000-4000-8000-000000000001', 'delivered', NULL, NULL, 0, 0, 0, 1, 0, NULL, NULL, 1795305600000, 1795305600000, 'ElMaluHjf5H2CMAH+krPRcw79tzOO1iS5JWlCGNIauY=', 'rTU0U2C1pF1+WcEDvOuKYGvrazh1mpEEXMpUViJwu8E=', NULL, NULL, NULL, '2026-11');
INSERT INTO lead VALUES ('00000000-0000-4000-8000-000000000002', 'queued', 'overloaded', NULL, 0, 0, 1, 1, 1, 1795305615000, NULL, 1795305600000, NULL, 'zeB3s66U5tjrhTYJgszGjGuFrNYUNVxkxlqsAksV//8=', 'szQwQhSWtn9zR9va9OxoLR+u15pezJOzFAajI+gVNZc=', '+20…72', 'k1', 'b9okP+quLgc8WI6p1lmzuFCIuz86Q1mP/EgRTSMe2dNlRaI5rc5lQPsWRwQQ55xTJZU7izmWyY4NWkZ6W9Ebik87vuNFc8DkjczO+XnaF6yIPj3byPD6LHg0jKPw2xKx5zZFBuVEsVYdajqStwMNiXzqzNnjhdRL/TmD1gmM/wcHFAqawZcrIsZtfZo7ID6zUs9hF9p5MjGrLa7A64iAys+xJAkQ55yQk1jn/kjCHOA/ma/dfyMuL/ktW9RvXNfjl66EN9B++9mkwIo5s0pkzvw3ZUnhDAalo0vj0hAmXfwgmnzrBIyOGUW5iH1X7Fja4A1L8p55EFem', '2026-11');
INSERT INTO lead VALUES ('00000000-0000-4000-8000-000000000003', 'held', 'html', NULL, 1, 0, 1, 1, 0, NULL, NULL, 1795305600000, NULL, '1xEhSaKOZcMkeXeA9LbN7g+SOMsBFYCaId6NZE3z3FU=', 'YKa0iYNVBTcu5b6WpLKr5YwKVAXnWHbvQhzFnvX+gE0=', '+20…73', 'k1', 'HLb2fK3bMk8wAF7Q3NmETN5kJq/hExFliDZF5VPgg3haM5b+Vq5HSAuHOGqr2u6XP+RuE3b9u3/iyFMWZlUONilfIIthoMqDdgY0q0GiTumz3CCeKyFav4Hm8MEePgwUAUXi0VOkKgGMvJMTbtnjPCGmc3/BwIht4hFKbSOjNEo88Wqb6WUQJQYZEjX9u7OuVkI2I2IpRt9IMwF4Q3xeATegTy4DR9lQ6ocnidjbKMWlA/iYAXF8dyTu2kp73dIh0ujGck1CXGSJENqAyPr2Fo1AmTsKeiaTzj06OuuyVsnN0mzNxrYYv8ZL8kX6sHOtHd4VXCIJ6VJF', '2026-11');
INSERT INTO lead VALUES ('00000000-0000-4000-8000-000000000004', 'quarantined', 'honeypot', NULL, 0, 0, 1, 0, 0, NULL, NULL, 1795305600000, NULL, 'Wb/LLFMKKtskI+Y8g1F9PFXp2uJdC28x/TIAuujDeHM=', 'TdVsoV/ORhg05b6xOt3P7nooUwAEa3LBGzAp4ipHTWI=', '+20…74', 'k1', 'e1j9iFFEfksFUiznLoqzE1o1UEY8BW3uE2Rpe/fLeopWEUubx7ZG9Bc5XCEqHvLCHiZiOJYhWfXib8vMNFBBbY3nzeSf3Xq00qMB/I4w7GNb9fFjsxxkzAVOdNaI0SoKUQEegJMUSHPulqEZPFVgj6hUM49bSPO3OPpxNQ45UxZnJGHhDzpmf9XmWM1T6ETpF5c8vmOBkxr3h2riitJotzA65+ic/oLtlovs6+1PNZWU1RviTNI4Dnz/f0H/mMlxjgdtCrXdXBEcyiDEKjkPiH84HViFb+XjCgi3ADCI7n1AdXOZLokFoAKVfCKig4Bkb+8KCNnhw2Db', '2026-11');
INSERT INTO meta VALUES ('gate', '{"state":"closed","paused":false,"wait":0,"failures":2,"failedLeads":["00000000-0000-4000-8000-000000000002","00000000-0000-4000-8000-000000000003"],"width":0,"passed":0,"keyFp":"key"}');
INSERT INTO meta VALUES ('schema', '3');
INSERT INTO alert VALUES ('alert-1', 'vendor.drift', '{"lead":"00000000-0000-4000-8000-000000000003","reason":"html"}', 0, 1795305600000, 1795305600000);
INSERT INTO rate VALUES ('target', 29921760, 4);
