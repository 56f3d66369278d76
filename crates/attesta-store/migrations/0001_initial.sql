CREATE TABLE credentials (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL UNIQUE,
  canonical_digest TEXT,
  issuer_id TEXT NOT NULL,
  credential_id TEXT,
  title TEXT NOT NULL,
  pointer TEXT NOT NULL,
  media_type TEXT,
  origin_kind TEXT NOT NULL CHECK (origin_kind IN ('link', 'file', 'paste')),
  origin_name TEXT,
  origin_url TEXT,
  received_at TEXT NOT NULL,
  superseded_by TEXT REFERENCES credentials (id) ON DELETE SET NULL,
  received BLOB NOT NULL
) STRICT;

CREATE INDEX credentials_current ON credentials (received_at DESC, number DESC) WHERE superseded_by IS NULL;
CREATE INDEX credentials_identity ON credentials (issuer_id, credential_id);
CREATE INDEX credentials_canonical_digest ON credentials (canonical_digest) WHERE canonical_digest IS NOT NULL;
CREATE INDEX credentials_superseded_by ON credentials (superseded_by) WHERE superseded_by IS NOT NULL;

CREATE VIRTUAL TABLE credential_search USING fts5 (
  title,
  issuer,
  tags,
  description,
  earner,
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

INSERT INTO credential_search (credential_search, rank) VALUES ('secure-delete', 1);

CREATE TABLE reports (
  number INTEGER PRIMARY KEY,
  credential_id TEXT NOT NULL REFERENCES credentials (id) ON DELETE CASCADE,
  checked_at TEXT NOT NULL,
  report TEXT NOT NULL
) STRICT;

CREATE INDEX reports_credential ON reports (credential_id, number);

CREATE TABLE resources (
  url TEXT PRIMARY KEY,
  media_type TEXT,
  fetched_at TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE INDEX resources_fetched_at ON resources (fetched_at);

CREATE TABLE bundles (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  note TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE bundle_members (
  bundle_id TEXT NOT NULL REFERENCES bundles (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  credential_id TEXT NOT NULL REFERENCES credentials (id) ON DELETE CASCADE,
  PRIMARY KEY (bundle_id, position),
  UNIQUE (bundle_id, credential_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX bundle_members_credential ON bundle_members (credential_id);

CREATE TABLE shares (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  bundle_id TEXT NOT NULL,
  title TEXT NOT NULL,
  form TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT,
  link TEXT,
  payload BLOB NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
  name TEXT PRIMARY KEY,
  seed BLOB NOT NULL CHECK (length(seed) = 32),
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
