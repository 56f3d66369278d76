// Systematic alterations of a good credential. None may end in `valid`; each says which verdicts are right.
// A rewrite that leaves the meaning as it was stands in REWRITES, and must stay `valid`.
const ATTACKER_SUBJECT = 'did:key:z6MkfrQZoEnp6b2aGu9jNxDsKfbjVQ1m83fJt4JsWVcGAQPh';

/** A name, the verdicts that are right, and a change to a deep copy; a change that answers `false` does not apply. */
export const ALTERATIONS = [
  ['another subject', ['invalid'], credential => {
    credential.credentialSubject.id = ATTACKER_SUBJECT;
  }],
  ['a second subject', ['invalid'], credential => {
    credential.credentialSubject = [credential.credentialSubject, {id: ATTACKER_SUBJECT, type: 'AchievementSubject'}];
  }],
  ['another identifier', ['invalid'], credential => {
    credential.id += '-2';
  }],
  ['a later end', ['invalid'], credential => {
    const member = 'validUntil' in credential ? 'validUntil' : 'expirationDate';
    credential[member] = credential[member].replace(/^\d{4}/, year => String(Number(year) + 10));
  }],
  ['no end', ['invalid'], credential => {
    delete credential.validUntil;
    delete credential.expirationDate;
  }],
  ['an earlier start', ['invalid'], credential => {
    const member = 'validFrom' in credential ? 'validFrom' : 'issuanceDate';
    credential[member] = '2011-01-01T00:00:00Z';
  }],
  ['a type more', ['invalid'], credential => {
    credential.type = [...credential.type, 'EndorsementCredential'];
  }],
  ['a term that no context defines', ['invalid'], credential => {
    credential.credentialSubject.honours = 'with distinction';
  }],
  ['a member that a context defines', ['invalid'], credential => {
    credential.evidence = [{id: 'https://evidence.example/1', type: ['Evidence']}];
  }],
  ['another evidence in the deep', ['invalid'], credential => {
    const achievement = credential.credentialSubject.achievement;
    if(achievement) {
      achievement.criteria.narrative = 'Complete sixty shop exercises.';
    } else {
      credential.credentialSubject.id += '#2';
    }
  }],
  // A JCS proof names the contexts that it covers, and its algorithm cuts off what was put behind them.
  ['a context of its own', ['invalid', 'unverifiable'], credential => {
    if(credential.proof.cryptosuite === 'eddsa-jcs-2022') {
      return false;
    }
    credential['@context'] = [...credential['@context'], {'@vocab': 'https://terms.example/'}];
  }],
  ['another context in place of its own', ['invalid', 'unverifiable'], credential => {
    const [first, second, ...rest] = credential['@context'];
    credential['@context'] = [first, {'@vocab': 'https://terms.example/'}, ...rest];
    return second !== undefined;
  }],
  ['another issuer', ['invalid'], credential => {
    const other = 'did:key:z6MkfrQZoEnp6b2aGu9jNxDsKfbjVQ1m83fJt4JsWVcGAQPh';
    if(typeof credential.issuer === 'string') {
      credential.issuer = other;
    } else {
      credential.issuer.id = other;
    }
  }],
  ['a moved signing time', ['invalid'], credential => {
    credential.proof.created = credential.proof.created.replace(/^\d{4}/, year => String(Number(year) - 1));
  }],
  ['another purpose', ['invalid'], credential => {
    credential.proof.proofPurpose = 'authentication';
  }],
  ['one character of the signature', ['invalid'], credential => {
    const value = credential.proof.proofValue;
    const at = Math.floor(value.length / 2);
    credential.proof.proofValue = `${value.slice(0, at)}${value[at] === 'x' ? 'y' : 'x'}${value.slice(at + 1)}`;
  }],
  ['the proof of another credential', ['invalid'], (credential, {sibling}) => {
    credential.proof = structuredClone(sibling.proof);
  }],
  ['no proof', ['unverifiable'], credential => {
    delete credential.proof;
  }],
  ['no signature in the proof', ['invalid'], credential => {
    delete credential.proof.proofValue;
  }]
];

/** Signatures that hold, made by somebody who is not the issuer. */
export const FORGERIES = [
  ['signed under the stranger\'s own identifier', stranger => [stranger.did, stranger.publicKeyMultibase]],
  ['the stranger\'s key as fragment of the issuer\'s identifier', (stranger, issuer) =>
    [issuer, stranger.publicKeyMultibase]],
  ['a key name that the issuer does not list', (stranger, issuer) => [issuer, 'key-2']]
];

/** The same credential, written otherwise. */
export const REWRITES = [
  ['with its members in another order', credential => JSON.stringify(reversed(credential))],
  ['with wide spacing', credential => JSON.stringify(credential, null, '\t').replaceAll('\n', '\r\n')],
  ['with every character escaped', credential => escaped(JSON.stringify(credential))]
];

function reversed(value) {
  if(Array.isArray(value)) {
    return value.map(reversed);
  }
  if(value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(Object.entries(value).reverse().map(([key, item]) => [key, reversed(item)]));
}

// Letters inside strings become \uXXXX; escapes that are there already stay as they are.
function escaped(json) {
  return json.replaceAll(/"((?:[^"\\]|\\.)*)"/g, (_, body) => `"${body.replaceAll(/\\.|[\s\S]/g, character =>
    character.length > 1 ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`);
}
