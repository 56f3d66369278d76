//! What the document says between its tables.

pub(crate) const INTRODUCTION: &str = "\
This document is written by `cargo xtask conformance`, from what the run found. A difference between a suite and this \
project stands under [Exceptions](#exceptions) with its reason; one that does not, and one that passes although it stands \
there, both fail the run. The suites are their publishers' and are not part of this repository.";

pub(crate) const FILES: &str = "\
`cargo xtask conformance FOLDER` looks for these in the folder (`../shared/vectors` where none is given):

| folder | from | what it checks here |
| --- | --- | --- |
| `json-ld-toRdf` | w3c/json-ld-api, `tests` | JSON-LD 1.1 to RDF, negative tests with their error codes |
| `rdf-canon` | w3c/rdf-canon, `tests` | RDFC-1.0: canonical forms, issued identifiers, the poison graph |
| `jcs` | cyberphone/json-canonicalization, `testdata` | RFC 8785, as text and as bytes |
| `did-key` | w3c-ccg/did-method-key, `test-vectors` | every key decoded, compared with the vector's own copy, encoded again |
| `vc-di-eddsa` | w3c/vc-di-eddsa, `TestVectors` | each intermediate value: canonical document and proof options, both hashes, signature; proof sets and chains |
| `vc-di-ecdsa` | w3c/vc-di-ecdsa, `TestVectors` | the same for P-256 and P-384; selective disclosure from base proof to derived credential, statement by statement |
| `wycheproof` | C2SP/wycheproof, `testvectors_v1` | every signature of Ed25519, P-256, P-384 and RSA under keys read as DER, PEM and JWK; JSON Web Signatures and Keys |
| `1edtech` | 1EdTech/digital-credentials-public-validator, `src/test/resources` | see [below](#1edtechs-test-credentials) |";

pub(crate) const W3C: &str = "\
Each suite drives `tests/vc-api` over HTTP: a small server whose verifying is the product's own, and whose issuing exists \
for the suites alone. Much of what they ask is answered right by a server that never looks, so every suite is run three \
times: against the product, against a server that accepts everything, and against one that refuses everything. A test \
that both of these fail is a discriminating one.

The suites are taken from `--suites FOLDER` (else `target/suites`), or fetched from github.com/w3c where there is a \
network, and run as they are but for three things: their helpers `vc-test-suite-implementations` and \
`data-integrity-test-suite-assertion` come from the same folder; the status list suite's loader is let follow `http` \
beside `https`, as the server is on loopback; and the holder whom the ECDSA suite asks to show parts of a credential is \
this server. Tests that a suite itself skips are not counted.";

pub(crate) const ONE_EDTECH: &str = "\
The credentials that 1EdTech tests its own validator with, and what those tests demand. The issuers of the newer ones are \
addresses that answer nobody, and their keys stand behind the `#` of such an address or in a token. Here a key counts when \
the issuer's address lists it, so as they stand none of these can be shown to be the issuer's (`nothing listed`). `key \
listed` is the verdict when a page at the issuer's address lists the very key, which shows what is thought of everything \
else. What Open Badges 2.0 need stands at addresses that 1EdTech's tests serve from a folder, and so does this run. All \
verdicts are at 2026-06-15.";

pub(crate) const PROBES: &str = "\
What 1EdTech's validator asks, in its order, and where the same is asked here. The cases stand in `tests/vectors` and were \
run for this table. The last rows are what is asked here beside those probes.";

pub(crate) const EXCEPTIONS: &str = "\
Kept in `tests/conformance/exceptions.json`.";
