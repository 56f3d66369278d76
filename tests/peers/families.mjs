// The two families of libraries that issue and verify here, and the suites that each brings.
// The JCS suite reads `self`, which browsers have and Node 20 has not; it must be there before the import.
globalThis.self ??= globalThis;

import * as bazaar from '@digitalbazaar/vc';
import {DataIntegrityProof as BazaarProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as bazaarRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {Ed25519Signature2020 as BazaarSignature} from '@digitalbazaar/ed25519-signature-2020';
import * as bazaarStatus from '@digitalbazaar/vc-bitstring-status-list';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as consortium from '@digitalcredentials/vc';
import {DataIntegrityProof as ConsortiumProof} from '@digitalcredentials/data-integrity';
import {cryptosuite as consortiumRdfc} from '@digitalcredentials/eddsa-rdfc-2022-cryptosuite';
import {Ed25519Signature2020 as ConsortiumSignature} from '@digitalcredentials/ed25519-signature-2020';
import * as consortiumStatus from '@digitalcredentials/vc-bitstring-status-list';

const {createSignCryptosuite, createVerifyCryptosuite} = await import('@digitalbazaar/eddsa-jcs-2022-cryptosuite');

/** The suites in the order of the tables. */
export const SUITES = ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'Ed25519Signature2020'];

/** Each family: its credential library, its status list library, and a signing and a checking suite by name. */
export const FAMILIES = [
  {
    name: 'digitalbazaar', vc: bazaar, status: bazaarStatus,
    suite: makeSuites(BazaarProof, bazaarRdfc, BazaarSignature)
  },
  {
    name: 'digitalcredentials', vc: consortium, status: consortiumStatus,
    suite: makeSuites(ConsortiumProof, consortiumRdfc, ConsortiumSignature)
  }
];

function makeSuites(DataIntegrityProof, rdfc, Ed25519Signature2020) {
  return (name, {signer, date} = {}) => {
    switch(name) {
      case 'eddsa-rdfc-2022': return new DataIntegrityProof({signer, date, cryptosuite: rdfc});
      case 'eddsa-jcs-2022': return new DataIntegrityProof(
        {signer, date, cryptosuite: signer ? createSignCryptosuite() : createVerifyCryptosuite()});
      case 'Ed25519Signature2020': return new Ed25519Signature2020({signer, date});
      default: throw new Error(`No suite ${name}`);
    }
  };
}

/** An Ed25519 key from a fixed seed byte; `identify(controller, fragment)` gives its signer under a controller. */
export async function keyFromSeed(byte) {
  const seed = new Uint8Array(32).fill(byte);
  const pair = await Ed25519Multikey.generate({seed});
  const {publicKeyMultibase} = await pair.export({publicKey: true});
  return {
    publicKeyMultibase,
    did: `did:key:${publicKeyMultibase}`,
    signer(controller, fragment) {
      return {...pair.signer(), id: `${controller}#${fragment}`, algorithm: 'Ed25519', sign: pair.signer().sign};
    }
  };
}
