ALTER TABLE bundles ADD COLUMN audience TEXT;
ALTER TABLE bundles ADD COLUMN hidden_parts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE bundles ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

ALTER TABLE bundle_members ADD COLUMN note TEXT;
ALTER TABLE bundle_members ADD COLUMN withheld TEXT NOT NULL DEFAULT '[]';

CREATE TABLE bundle_versions (
  bundle_id TEXT NOT NULL REFERENCES bundles (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  saved_at TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (bundle_id, version)
) STRICT, WITHOUT ROWID;

INSERT INTO bundle_versions (bundle_id, version, saved_at, content)
SELECT
  id,
  1,
  updated_at,
  json_object(
    'title', title,
    'note', note,
    'audience', NULL,
    'hidden_parts', json('[]'),
    'members', json((
      SELECT json_group_array(
        json_object('credential', credential_id, 'note', NULL, 'withheld', json('[]')) ORDER BY position
      )
      FROM bundle_members
      WHERE bundle_id = bundles.id
    ))
  )
FROM bundles;

ALTER TABLE shares ADD COLUMN version INTEGER;
ALTER TABLE shares ADD COLUMN recipient TEXT;
ALTER TABLE shares ADD COLUMN language TEXT;
ALTER TABLE shares ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1));
ALTER TABLE shares ADD COLUMN bare INTEGER NOT NULL DEFAULT 0 CHECK (bare IN (0, 1));
ALTER TABLE shares ADD COLUMN host TEXT;
ALTER TABLE shares ADD COLUMN view_url TEXT;
ALTER TABLE shares ADD COLUMN unshare_url TEXT;
ALTER TABLE shares ADD COLUMN stopped_at TEXT;

UPDATE shares SET version = 1
WHERE EXISTS (SELECT 1 FROM bundles WHERE bundles.id = shares.bundle_id AND bundles.updated_at <= shares.created_at);

CREATE INDEX shares_bundle ON shares (bundle_id, version);

CREATE TABLE share_members (
  share_id TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  credential_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  title TEXT NOT NULL,
  verdict_then TEXT NOT NULL,
  PRIMARY KEY (share_id, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX share_members_credential ON share_members (credential_id);
