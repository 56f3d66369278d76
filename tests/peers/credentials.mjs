// The credentials that the matrix issues, unsigned, one per data model.
const V1 = 'https://www.w3.org/2018/credentials/v1';
const V2 = 'https://www.w3.org/ns/credentials/v2';
const STATUS = 'https://www.w3.org/ns/credentials/status/v1';
const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

const LEARNER = 'did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG';

/** The data models in the order of the tables. */
export const MODELS = ['VCDM 1.1', 'VCDM 2.0', 'Open Badges 3.0'];

/** An unsigned credential; `issued` and `until` are RFC 3339 times. */
export function unsigned({model, id, issuer, issued, until, status}) {
  const credentialStatus = status && {credentialStatus: status};
  switch(model) {
    case 'VCDM 1.1': return {
      '@context': [V1, ...(status ? [STATUS] : [])],
      id,
      type: ['VerifiableCredential'],
      issuer,
      issuanceDate: issued,
      expirationDate: until,
      ...credentialStatus,
      credentialSubject: {id: LEARNER}
    };
    case 'VCDM 2.0': return {
      '@context': [V2],
      id,
      type: ['VerifiableCredential'],
      name: 'Record of attendance',
      description: 'Attended the full winter session.',
      issuer: {id: issuer, name: 'Lambton Adult Learning Centre'},
      validFrom: issued,
      validUntil: until,
      ...credentialStatus,
      credentialSubject: {id: LEARNER, name: 'Amélie Tremblay'}
    };
    case 'Open Badges 3.0': return {
      '@context': [V2, OPEN_BADGES],
      id,
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: 'Welding Fundamentals',
      issuer: {id: issuer, type: ['Profile'], name: 'Northern Trades Institute', url: 'https://trades.example'},
      validFrom: issued,
      validUntil: until,
      awardedDate: issued,
      ...credentialStatus,
      credentialSubject: {
        id: LEARNER,
        type: ['AchievementSubject'],
        identifier: [{type: 'IdentityObject', hashed: false, identityHash: 'Amélie Tremblay', identityType: 'name'}],
        achievement: {
          id: 'urn:uuid:2f6c7f5e-0c9e-4c3a-9a51-6d2c6a0f7d11',
          type: ['Achievement'],
          achievementType: 'MicroCredential',
          name: 'Welding Fundamentals',
          description: 'Shielded metal arc welding on mild steel, flat and horizontal.',
          criteria: {narrative: 'Complete six shop exercises and pass the visual inspection.'},
          creditsAvailable: 1.5,
          alignment: [{
            type: ['Alignment'],
            targetName: 'Weld joints to code',
            targetUrl: 'https://skills.example/weld-joints',
            targetFramework: 'Trades skills register',
            targetType: 'ceasn:Competency'
          }],
          resultDescription: [{
            id: 'urn:uuid:7be7b4a0-3f56-4d0b-8a9f-2f1f6f3f8c22',
            type: ['ResultDescription'],
            name: 'Visual inspection',
            resultType: 'LetterGrade',
            allowedValue: ['F', 'D', 'C', 'B', 'A'],
            requiredValue: 'C'
          }]
        },
        result: [{
          type: ['Result'],
          resultDescription: 'urn:uuid:7be7b4a0-3f56-4d0b-8a9f-2f1f6f3f8c22',
          value: 'A'
        }]
      }
    };
    default: throw new Error(`No data model ${model}`);
  }
}
