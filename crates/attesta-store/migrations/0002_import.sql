CREATE TABLE carriers (
  credential_id TEXT PRIMARY KEY REFERENCES credentials (id) ON DELETE CASCADE,
  within TEXT NOT NULL,
  letter TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_links (
  credential_id TEXT NOT NULL REFERENCES credentials (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  added_at TEXT NOT NULL,
  PRIMARY KEY (credential_id, url)
) STRICT, WITHOUT ROWID;
