-- The wallet's database as all migrations leave it, column by column.
--
-- This file is documentation that cannot rot: a test builds a database from it and compares the result with what
-- migrations/*.sql build. Change the schema by adding a numbered migration, then write the outcome here; a migration
-- that was released is never edited.
--
-- Everywhere: identifiers are opaque text that the caller hands in. Times are RFC 3339 in UTC with nine decimals of the
-- second, so that their order as text is their order in time. Tables whose order matters carry `number`, which grows
-- with each row and never leaves this file.
--
-- PRAGMA application_id = 0x41747374 ("Atst"); PRAGMA user_version = the number of the last migration.

-- One row per credential that came into the wallet, also those that a newer version has replaced.
CREATE TABLE credentials (
  number INTEGER PRIMARY KEY, -- order of arrival; also the rowid in credential_search
  id TEXT NOT NULL UNIQUE, -- the record's identifier in this wallet
  digest TEXT NOT NULL UNIQUE, -- SHA-256 of the credential's document as received, lower-case hex: the same twice is a duplicate
  canonical_digest TEXT, -- SHA-256 of the document in the form of RFC 8785, lower-case hex: finds the same credential in other spacing or another container
  issuer_id TEXT NOT NULL, -- the issuer's identifier, in the form in which the caller compares it
  credential_id TEXT, -- the credential's own `id`, in the form in which the caller compares it; many have none
  title TEXT NOT NULL, -- what it is called, for lists and messages
  pointer TEXT NOT NULL, -- where in `received` the credential stands: a JSON pointer (RFC 6901), empty for the whole
  media_type TEXT, -- Content-Type as sent, where a server sent one
  origin_kind TEXT NOT NULL CHECK (origin_kind IN ('link', 'file', 'paste')), -- how it came
  origin_name TEXT, -- the link's host or the file's name
  origin_url TEXT, -- the link itself; it can hold a secret of the issuer's and is never logged
  received_at TEXT NOT NULL, -- when it came
  superseded_by TEXT REFERENCES credentials (id) ON DELETE SET NULL, -- the newer version; rows with one are left out of lists and searches
  received BLOB NOT NULL -- exactly the bytes that came, container and all; last, because SQLite then reads it only on demand
) STRICT;

-- The list: newest arrival first.
CREATE INDEX credentials_current ON credentials (received_at DESC, number DESC) WHERE superseded_by IS NULL;
-- Is this a newer version of one we have?
CREATE INDEX credentials_identity ON credentials (issuer_id, credential_id);
-- Is this one we have in another container?
CREATE INDEX credentials_canonical_digest ON credentials (canonical_digest) WHERE canonical_digest IS NOT NULL;
-- The earlier versions of a credential, and the foreign key's own lookups.
CREATE INDEX credentials_superseded_by ON credentials (superseded_by) WHERE superseded_by IS NOT NULL;

-- What a credential stood in when it came, where it stood in anything: a mailbox, a mail, an archive.
CREATE TABLE carriers (
  credential_id TEXT PRIMARY KEY REFERENCES credentials (id) ON DELETE CASCADE, -- the credential
  within TEXT NOT NULL, -- the names of what it stood in, outermost first: a JSON array of text
  letter TEXT -- the mail it came with, as JSON: `from`, `subject`, `to`, `date`; only what its sender wrote, and never logged
) STRICT, WITHOUT ROWID;

-- Pages without data that the learner keeps beside a credential. Nothing fetches them.
CREATE TABLE kept_links (
  credential_id TEXT NOT NULL REFERENCES credentials (id) ON DELETE CASCADE, -- the credential
  url TEXT NOT NULL, -- the page; it can hold a secret and is never logged
  added_at TEXT NOT NULL, -- when it was kept
  PRIMARY KEY (credential_id, url)
) STRICT, WITHOUT ROWID;

-- The words by which a credential is found; its rowid is credentials.number. Only ever matched against, never shown:
-- ligatures are spelled out in it. Case and accents don't count ("preparer" finds "Préparer").
CREATE VIRTUAL TABLE credential_search USING fts5 (
  title, -- what it is called
  issuer, -- the issuer's name
  tags, -- skills, keywords, frameworks
  description, -- what it says about itself
  earner, -- whom it names
  tokenize = 'unicode61 remove_diacritics 2',
  prefix = '2 3'
);

-- Removing a credential removes its words from the index at once, not at some later merge.
INSERT INTO credential_search (credential_search, rank) VALUES ('secure-delete', 1);

-- One row per check of a credential; never changed, only removed together with the credential. There is no column for
-- a verdict: it is derived from the report whenever it is read.
CREATE TABLE reports (
  number INTEGER PRIMARY KEY, -- order of the checks
  credential_id TEXT NOT NULL REFERENCES credentials (id) ON DELETE CASCADE, -- what was checked
  checked_at TEXT NOT NULL, -- when
  report TEXT NOT NULL -- the verification report, JSON
) STRICT;

-- The latest report, and the history of one credential.
CREATE INDEX reports_credential ON reports (credential_id, number);

-- The last good answer of each address that was asked for a check: DID documents and status lists. A failed fetch
-- leaves it as it is.
CREATE TABLE resources (
  url TEXT PRIMARY KEY, -- the address that was asked
  media_type TEXT, -- Content-Type as sent
  fetched_at TEXT NOT NULL, -- when it answered
  bytes BLOB NOT NULL -- exactly what it answered
) STRICT;

-- Old answers are forgotten by age.
CREATE INDEX resources_fetched_at ON resources (fetched_at);

-- One row per bundle: what the learner puts together to show somebody.
CREATE TABLE bundles (
  number INTEGER PRIMARY KEY, -- order of creation
  id TEXT NOT NULL UNIQUE, -- the bundle's identifier in this wallet
  title TEXT NOT NULL, -- the learner's title
  note TEXT, -- the learner's note to the reader
  created_at TEXT NOT NULL, -- when it was made
  updated_at TEXT NOT NULL, -- when the learner last changed it
  audience TEXT, -- whom it is for, as the reader will see it
  hidden_parts TEXT NOT NULL DEFAULT '[]', -- the parts that the reader finds folded away: a JSON array of text
  version INTEGER NOT NULL DEFAULT 1 -- how often it was saved; the row of bundle_versions that it equals, but for credentials that were replaced or removed since
) STRICT;

-- What a bundle holds, in the order in which it will be read.
CREATE TABLE bundle_members (
  bundle_id TEXT NOT NULL REFERENCES bundles (id) ON DELETE CASCADE, -- the bundle
  position INTEGER NOT NULL, -- the order; numbers may be missing where a credential was removed
  credential_id TEXT NOT NULL REFERENCES credentials (id) ON DELETE CASCADE, -- the credential
  note TEXT, -- the learner's note on it
  withheld TEXT NOT NULL DEFAULT '[]', -- what is not shown of it: a JSON array of JSON pointers (RFC 6901)
  PRIMARY KEY (bundle_id, position),
  UNIQUE (bundle_id, credential_id)
) STRICT, WITHOUT ROWID;

-- The bundles that hold a credential, and the foreign key's own lookups.
CREATE INDEX bundle_members_credential ON bundle_members (credential_id);

-- What a bundle said and held each time it was saved, the newest included; never changed. Of many, the oldest that no
-- share was made from are forgotten.
CREATE TABLE bundle_versions (
  bundle_id TEXT NOT NULL REFERENCES bundles (id) ON DELETE CASCADE, -- the bundle
  version INTEGER NOT NULL, -- the number, from 1
  saved_at TEXT NOT NULL, -- when it was saved
  content TEXT NOT NULL, -- the learner's words and the records' identifiers, as JSON: `title`, `note`, `audience`, `hidden_parts`, `members` of `credential`, `note`, `withheld`; nothing of a credential itself
  PRIMARY KEY (bundle_id, version)
) STRICT, WITHOUT ROWID;

-- One row per share that was given out. It stays when its bundle or a credential in it is removed: what was shown to
-- somebody can't be taken back, so the learner must still see it.
CREATE TABLE shares (
  number INTEGER PRIMARY KEY, -- order of sharing
  id TEXT NOT NULL UNIQUE, -- the share's identifier in this wallet
  bundle_id TEXT NOT NULL, -- the bundle it was made from, which may be gone
  title TEXT NOT NULL, -- the bundle's title then
  form TEXT NOT NULL, -- `link`, `qr`, `json` and so on; the caller's word
  created_at TEXT NOT NULL, -- when
  expires_at TEXT, -- until when it counts, where it ends
  link TEXT, -- the link that was given out, where there is one
  payload BLOB NOT NULL, -- exactly the signed presentation that was given out
  version INTEGER, -- the bundle's version then; none where it was shared before versions were kept
  recipient TEXT, -- to whom it was given, in the learner's own words
  language TEXT, -- the language of what was made, BCP 47
  sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1)), -- whether only a passphrase opens it; the passphrase itself stands nowhere
  bare INTEGER NOT NULL DEFAULT 0 CHECK (bare IN (0, 1)), -- whether it carries its one credential alone
  host TEXT, -- the host that keeps a copy, where one does
  view_url TEXT, -- where that copy is seen; never logged
  unshare_url TEXT, -- the address that makes the host forget it; never logged
  stopped_at TEXT -- when the host was told to forget it and did; the one column that changes
) STRICT;

-- How often a version was shared.
CREATE INDEX shares_bundle ON shares (bundle_id, version);

-- What a share carried, as it was then; never changed. Shares that were given out before this was kept have none.
CREATE TABLE share_members (
  share_id TEXT NOT NULL REFERENCES shares (id) ON DELETE CASCADE, -- the share
  place INTEGER NOT NULL, -- the place in it, from 1
  credential_id TEXT NOT NULL, -- the record, which may be gone
  digest TEXT NOT NULL, -- SHA-256 of the credential's document as received, lower-case hex
  title TEXT NOT NULL, -- what it was called
  verdict_then TEXT NOT NULL, -- what its last report came to when it was given out: the past, and never what is so now
  PRIMARY KEY (share_id, place)
) STRICT, WITHOUT ROWID;

-- The shares that carried a credential.
CREATE INDEX share_members_credential ON share_members (credential_id);

-- What the learner has set, by name.
CREATE TABLE settings (
  name TEXT PRIMARY KEY, -- the setting's name
  value TEXT NOT NULL -- its value; the caller's format
) STRICT, WITHOUT ROWID;

-- The wallet's own keys. Whoever reads this file can sign as the learner; it is readable by its owner alone.
CREATE TABLE keys (
  name TEXT PRIMARY KEY, -- `holder`
  seed BLOB NOT NULL CHECK (length(seed) = 32), -- the Ed25519 seed, RFC 8032 section 5.1.5
  created_at TEXT NOT NULL -- when it was made
) STRICT, WITHOUT ROWID;
