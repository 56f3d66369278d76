// Their verifiers, asked about a presentation that the wallet signed.
import jsigs from 'jsonld-signatures';
import consortiumSignatures from '@digitalcredentials/jsonld-signatures';
import {verifyPresentation} from '@digitalcredentials/verifier-core';
import {FAMILIES, SUITES} from './families.mjs';
import {documentLoader} from './loader.mjs';

const SIGNATURES = {digitalbazaar: jsigs, digitalcredentials: consortiumSignatures};
const PURPOSES = {digitalbazaar: jsigs.purposes, digitalcredentials: consortiumSignatures.purposes};

/** Whether `verifier` accepts the presentation, how many of its credentials it accepted, and otherwise why not. */
export async function verifyPresentationWith(verifier, presentation) {
  if(verifier === '@digitalcredentials/verifier-core') {
    return verifyWithCore(presentation);
  }
  const family = FAMILIES.find(({name}) => verifier === `@${name}/vc`);
  const {proofPurpose, challenge, domain} = firstProof(presentation);
  const {AssertionProofPurpose, AuthenticationProofPurpose} = PURPOSES[family.name];
  const result = await family.vc.verify({
    presentation,
    challenge,
    domain,
    presentationPurpose: proofPurpose === 'authentication' ?
      new AuthenticationProofPurpose({challenge, domain}) : new AssertionProofPurpose(),
    suite: SUITES.map(name => family.suite(name)),
    documentLoader: documentLoader()
  });
  return {
    accepted: result.verified === true,
    credentials: (result.credentialResults ?? []).filter(({verified}) => verified).length,
    why: describe(result.error)
  };
}

/** Whether one of a family's libraries accepts what the holder signed, for this purpose; the credentials apart. */
export async function verifyHolderWith(name, presentation, purpose) {
  const family = FAMILIES.find(each => each.name === name);
  const {AssertionProofPurpose, AuthenticationProofPurpose} = PURPOSES[name];
  const {challenge, domain} = [presentation.proof].flat().find(({proofPurpose}) => proofPurpose === purpose) ?? {};
  const result = await SIGNATURES[name].verify(presentation, {
    purpose: purpose === 'authentication' ?
      new AuthenticationProofPurpose({challenge, domain}) : new AssertionProofPurpose(),
    suite: SUITES.map(suite => family.suite(suite)),
    documentLoader: documentLoader()
  });
  return {accepted: result.verified === true, why: describe(result.error)};
}

/** Whether one of a family's libraries accepts a credential. */
export async function verifyCredentialWith(name, credential) {
  const family = FAMILIES.find(each => each.name === name);
  const result = await family.vc.verifyCredential(
    {credential, suite: SUITES.map(suite => family.suite(suite)), documentLoader: documentLoader()});
  return {accepted: result.verified === true, why: describe(result.error)};
}

async function verifyWithCore(presentation) {
  const {challenge} = firstProof(presentation);
  const result = await quietly(() => verifyPresentation({presentation, challenge, knownDIDRegistries: []}));
  const holds = ({log = []}) => log.find(({id}) => id === 'valid_signature')?.valid === true;
  const credentials = (result.credentialResults ?? []).filter(holds).length;
  return {
    accepted: result.presentationResult?.signature === 'valid' && credentials === result.credentialResults.length,
    credentials,
    why: JSON.stringify(result.presentationResult ?? result, (key, value) => value?.message ?? value)
  };
}

function firstProof(presentation) {
  return [presentation.proof].flat()[0];
}

// The core also looks for JSON schemas on the internet, which this run refuses, and prints that it could not.
async function quietly(action) {
  const {error, log} = console;
  console.error = console.log = () => {};
  try {
    return await action();
  } finally {
    Object.assign(console, {error, log});
  }
}

function describe(error) {
  return [error, ...(error?.errors ?? [])].filter(Boolean).map(({message}) => message).join('; ');
}
