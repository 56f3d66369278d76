import type { page as english } from '../en/page';
import type { Phrase } from '../phrase';

/** What the employer's page says, in Canadian French. */
export const page = {
  'page.document_title': 'Vérifier des attestations partagées · Attesta',
  'page.document_title_done': '{title} · vérifié avec Attesta',
  'page.language': 'Langue',
  'page.title': 'Vérifier des attestations qu’on a partagées avec vous',
  'page.lead':
    'Collez le lien reçu, ouvrez les fichiers ou lisez le code. La vérification se fait dans ce navigateur, et la réponse est claire.',
  'page.paste': 'Lien ou texte',
  'page.paste_hint': 'Le lien complet, avec tout ce qui suit le signe #.',
  'page.check': 'Vérifier',
  'page.choose': 'Ouvrir des fichiers',
  'page.camera': 'Lire avec la caméra',
  'page.or_drop':
    'Ou déposez des fichiers, des photos d’un code ou des captures d’écran n’importe où sur cette page; une image peut aussi être collée.',
  'page.private': 'Rien n’est téléversé',
  'page.private_text':
    'Ce que vous collez, ouvrez ou lisez reste dans ce navigateur. Seuls les émetteurs sont consultés pour leurs clés publiques et leurs listes, sans savoir de quelle attestation il s’agit.',
  'page.checking': 'Vérification…',
  'page.reading': 'Lecture de ce qui a été partagé',
  'page.asking': 'Demande à {host}',
  'page.answered': '{host} a été consulté',
  'page.failed': 'Impossible d’ouvrir ceci',
  'page.print': 'Imprimer',
  'page.another': 'En vérifier un autre',
  'page.results': {
    one: '{count} ensemble ou fichier a été vérifié',
    other: '{count} ensembles ou fichiers ont été vérifiés',
  },
  'page.in_file': 'Dans «\u00a0{name}\u00a0»',
  'page.in_files': 'Dans {count} fichiers, chacun vérifié séparément',
  'page.unread_title': {
    one: '{count} élément n’a pas pu être ouvert',
    other: '{count} éléments n’ont pas pu être ouverts',
  },
  'page.loose_title': 'Attestations présentées seules',
  'page.footer':
    'Attesta montre quelle signature porte une attestation et si elle tient toujours. Attesta ne se porte garant de rien.',
  'page.printed':
    'Imprimé {moment} à partir de la page {place}. Une copie imprimée ne prouve rien\u00a0: pour en avoir le cœur net, vérifiez de nouveau.',
  'page.offline':
    'Cet appareil est hors ligne. Les signatures peuvent être vérifiées; une révocation survenue depuis et les clés publiées sur le site d’un émetteur ne peuvent pas l’être.',
  'page.error.no_code_in_picture': 'Aucun code n’a été trouvé dans cette image.',
  'page.error.no_code_in_picture.advice':
    'Reprenez-la de plus près, sous un éclairage uniforme, avec une marge blanche autour du code.',
  'page.error.code_is_something_else': 'Le code de cette image ne contient aucune attestation.',
  'page.error.code_is_something_else.advice':
    'Il s’agit peut-être d’une adresse Web ou d’autre chose. Cette page n’ouvre rien de tel.',
  'page.error.sequence_incomplete': 'Ces images ne contiennent que {received} parties d’un code animé sur environ {enough}.',
  'page.error.sequence_incomplete.advice':
    'Lisez-le avec la caméra pendant qu’il défile, ou ajoutez des images de ses autres parties.',

  'sealed.title': 'Une phrase secrète est requise',
  'sealed.text':
    'L’expéditeur a verrouillé ceci. Demandez-lui la phrase secrète; elle devrait vous parvenir par une autre voie que le lien.',
  'sealed.text_file':
    'L’expéditeur a verrouillé «\u00a0{name}\u00a0». Demandez-lui la phrase secrète; elle devrait vous parvenir par une autre voie que le fichier.',
  'sealed.label': 'Phrase secrète',
  'sealed.show': 'Afficher la phrase secrète',
  'sealed.open': 'Déverrouiller',
  'sealed.trying': 'Déverrouillage… cela prend quelques secondes, pour que personne ne puisse deviner rapidement.',
  'sealed.wrong': 'Ce n’est pas la bonne phrase secrète. Vérifiez les majuscules, les espaces et les traits d’union.',
  'sealed.private':
    'La phrase secrète reste dans ce navigateur. Rien de l’envoi n’est affiché, et personne n’est consulté, tant qu’elle ne correspond pas.',

  'camera.title': 'Lire le code',
  'camera.starting': 'En attente de la caméra. Votre navigateur peut vous demander de l’autoriser.',
  'camera.looking': 'Placez le code dans l’image.',
  'camera.parts': '{received} parties sur {enough}',
  'camera.keep': 'C’est un code animé. Gardez la caméra dessus.',
  'camera.other': 'Ce code ne contient aucune attestation.',
  'camera.stop': 'Arrêter la caméra',
  'camera.again': 'Réessayer',
  'camera.which': 'Caméra',
  'camera.unnamed': 'Caméra {number}',
  'camera.private': 'L’image reste dans ce navigateur. La caméra s’éteint dès que le code est lu.',
  'camera.error.refused': 'La caméra n’a pas été autorisée.',
  'camera.error.refused_advice':
    'Autorisez-la pour cette page dans les réglages de votre navigateur, ou ouvrez une image du code.',
  'camera.error.none': 'Aucune caméra n’a été trouvée.',
  'camera.error.none_advice': 'Prenez le code en photo avec un autre appareil et ouvrez l’image ici.',
  'camera.error.in_use': 'La caméra est utilisée par un autre programme.',
  'camera.error.in_use_advice': 'Fermez ce programme et réessayez, ou ouvrez une image du code.',
  'camera.error.unavailable': 'Votre navigateur ne donne pas accès à la caméra sur cette page.',
  'camera.error.unavailable_advice': 'Ouvrez plutôt une image du code.',

  'shown.for': 'Destiné à\u00a0: {audience}',
  'shown.note': 'La note de l’expéditeur à ce sujet',
  'shown.folded': 'L’expéditeur a replié ceci\u00a0: {parts}',
  'shown.folded_print': 'L’expéditeur a replié ceci, qui fait partie de ce qui a été signé\u00a0: {parts}',
  'shown.part.picture': 'image',
  'shown.part.description': 'description',
  'shown.part.criteria': 'critères d’obtention',
  'shown.part.skills': 'compétences',
  'shown.part.results': 'évaluation',
  'shown.part.evidence': 'preuves',
  'shown.part.endorsements': 'approbations',
  'shown.withheld': {
    one: 'La signature de l’émetteur permet d’omettre des éléments; au plus {count} est omis. Ce qui est montré est inchangé.',
    other: 'La signature de l’émetteur permet d’omettre des éléments; au plus {count} sont omis. Ce qui est montré est inchangé.',
  },
  'shown.withheld_none': 'La signature de l’émetteur permet d’omettre des éléments; rien n’est omis.',
  'shown.withheld_unknown':
    'La signature de l’émetteur permet d’omettre des éléments. Ce qui est montré est inchangé; on ne peut pas savoir combien est omis.',
  'shown.asked': 'Vérifié {moment}. Consultés\u00a0: {answers}.',
  'shown.asked_nobody': 'Vérifié {moment}. Personne n’a dû être consulté.',
  'shown.host_answered': '{host} (a répondu)',
  'shown.host_silent': '{host} (sans réponse utilisable)',
  'shown.not_looked_up':
    'La présence de cet émetteur dans un registre n’a pas été vérifiée\u00a0: cette page ne consulte aucun registre.',

  'trust.by_link': 'Vous êtes ici par le lien de l’expéditeur. Cela seul ne prouve rien\u00a0: voici comment en avoir le cœur net.',
  'trust.by_paste': 'Comment cela fonctionne, et jusqu’où',
  'trust.address':
    'Vous êtes sur {host}. Un lien peut mener à n’importe quelle page, et une page peut montrer n’importe quoi.',
  'trust.step_1': 'Copiez le lien complet dans votre barre d’adresse.',
  'trust.step_2':
    'Ouvrez la page d’Attesta à une adresse à laquelle vous faites confiance\u00a0: celle de votre organisation, ou une que vous avez cherchée vous-même.',
  'trust.step_3': 'Collez-y le lien. Le résultat doit être le même.',
  'trust.file_title': 'Une page qui vient de l’expéditeur ne prouve rien à elle seule',
  'trust.file_text':
    'Ce fichier vient de la personne dont il parle, et une page peut montrer n’importe quoi. Il se vérifie lui-même dans votre navigateur; pour en avoir le cœur net, vérifiez-le sur une page qui ne vient pas de cette personne\u00a0:',
  'trust.file_step': 'Ouvrez la page que votre organisation héberge, ou une que vous avez cherchée vous-même.',
  'trust.file_step_at': 'Ouvrez {address}, ou la page que votre organisation héberge. Tapez l’adresse vous-même.',
  'trust.file_step_drop': 'Déposez ce fichier même sur cette page. Le résultat doit être le même.',
  'trust.how':
    'Cette page lit l’ensemble elle-même, demande aux émetteurs leurs clés et leurs listes, et compare les signatures ici, dans votre navigateur.',
  'trust.who':
    'Elle montre que l’émetteur a signé exactement ces mots. Elle ne montre pas que la personne devant vous est celle qui est nommée, ni ce que vaut la parole d’un émetteur.',
} as const satisfies Record<keyof typeof english, Phrase>;
