// The field's own verifiers, asked whether a presentation proves the key of who sent it, for one challenge and domain.
import {FAMILIES} from '../families.mjs';
import {documentLoader} from '../loader.mjs';

/** The holder, where `family`'s library accepts the proof with one of the suites; throws why not otherwise. */
export async function provenHolder(family, suites, {presentation, challenge, domain}) {
  const {vc, suite} = FAMILIES.find(({name}) => name === family);
  // Without a purpose of its own the library takes that of authentication, and checks holder, challenge and domain.
  const result = await vc.verify({
    presentation, challenge, domain, suite: suites.map(name => suite(name)), documentLoader: documentLoader()
  });
  if(!result.verified) {
    throw new Error([result.error, ...(result.error?.errors ?? [])].map(error => error?.message).join('; '));
  }
  if((presentation.verifiableCredential ?? []).length !== 0) {
    throw new Error('The proof carries credentials');
  }
  return presentation.holder.id ?? presentation.holder;
}
