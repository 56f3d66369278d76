import type { settings as english } from '../en/settings';
import type { Phrase } from '../phrase';

/** The settings, in Canadian French. */
export const settings = {
  'settings.title': 'Réglages',
  'settings.look': 'Langue et apparence',
  'settings.language': 'Langue',
  'settings.theme': 'Couleurs',
  'settings.as_system': 'Comme le système',
  'settings.light': 'Claires',
  'settings.dark': 'Sombres',
  'settings.you': 'Vous',
  'settings.emails': 'Vos adresses courriel',
  'settings.emails_hint':
    'Les émetteurs désignent souvent une personne par son adresse courriel. Attesta les compare ici, sur cet ordinateur, et ne les envoie jamais.',
  'settings.email_add': 'Ajouter',
  'settings.email_remove': 'Retirer {email}',
  'settings.email_malformed': 'Ceci n’est pas une adresse courriel.',
  'settings.page': 'La page que vos liens ouvrent',
  'settings.page_address': 'Adresse de la page',
  'settings.page_hint':
    'Une page statique que n’importe qui peut héberger. Elle ne reçoit rien\u00a0: l’ensemble reste dans la partie du lien que les navigateurs gardent pour eux.',
  'settings.page_default': 'Utiliser celle de cette version',
  'settings.page_none': 'Aucune n’est définie\u00a0: vos liens ne s’ouvrent que dans Attesta. Les fichiers conviennent partout.',
  'settings.publisher': 'Un hôte pour des copies',
  'settings.publisher_address': 'Adresse d’un VerifierPlus',
  'settings.publisher_hint':
    'Pour des liens courts que vous pouvez arrêter. L’hôte garde une copie lisible de chaque ensemble que vous lui envoyez\u00a0: toute personne munie du lien peut la lire, et qui exploite l’hôte aussi. Rien n’est envoyé tant que vous ne choisissez pas «\u00a0Copie hébergée\u00a0» en disant oui.',
  'settings.publisher_none': 'Aucun n’est défini\u00a0: vos ensembles ne sont gardés nulle part ailleurs qu’ici.',
  'settings.publisher_clear': 'N’en utiliser aucun',
  'settings.papers': 'Documents',
  'settings.paper': 'Papier',
  'settings.paper_hint': 'Pour le PDF et les pages qui portent un code QR.',
  'settings.paper.letter': 'Lettre (8,5 × 11 po)',
  'settings.paper.a4': 'A4 (210 × 297 mm)',
  'settings.registries': 'Registres d’émetteurs',
  'settings.registries_text':
    'Un registre peut dire quelle organisation est un émetteur. Aucun n’est consulté sans que vous le choisissiez, et aucune réponse ne change un verdict. À chaque vérification, on demande leurs listes aux registres que vous avez choisis; une fédération apprend aussi quel émetteur est recherché.',
  'settings.registry_contact': '{kind}; {host} est consulté.',
  'settings.registry_kind.registries': 'Une liste de registres',
  'settings.registry_kind.issuers': 'Une liste d’émetteurs',
  'settings.registry_kind.federation': 'Une fédération',
  'settings.registry_others': 'Une liste de registres; {host} est consulté, ainsi que les registres qui y figurent.',
  'settings.registry_new': 'Ajouter un autre registre',
  'settings.registry_name': 'Nom sous lequel vous le connaissez',
  'settings.registry_kind': 'Ce que c’est',
  'settings.registry_address': 'Son adresse',
  'settings.registry_add': 'L’ajouter et le consulter désormais',
  'settings.registry_remove': 'Retirer {name}',
  'settings.known': 'Les émetteurs que vous connaissez',
  'settings.known_text':
    'Votre propre carnet d’adresses, gardé sur cet ordinateur seulement. Quand l’émetteur d’une attestation y figure, vous voyez le nom que vous lui avez donné.',
  'settings.known_none':
    'Personne pour l’instant. Ouvrez une attestation et choisissez «\u00a0Je connais cet émetteur\u00a0».',
  'settings.known_name': 'Votre nom pour {id}',
  'settings.known_rename': 'Enregistrer le nom de {name}',
  'settings.known_remove': 'Retirer {name} de votre carnet d’adresses',
  'settings.save': 'Enregistrer',
  'settings.saved': 'Enregistré.',
  'settings.move': 'Pour un autre portefeuille',
  'settings.move_text':
    'Un seul fichier que le Learner Credential Wallet ouvre, et Attesta aussi\u00a0: vos attestations telles que reçues, et l’identifiant de ce portefeuille avec sa clé.',
  'settings.move_save': 'Enregistrer pour un autre portefeuille',
  'settings.move_title': 'Ce fichier contient votre clé privée en clair',
  'settings.move_warning':
    'Il n’est pas chiffré. Quiconque l’obtient peut signer en votre nom et lire toutes vos attestations. Rangez-le là où vous seul y avez accès, et supprimez-le dès que l’autre portefeuille l’a lu.',
  'settings.move_yes': 'Enregistrer le fichier',
  'settings.move_saved': 'Enregistré sous {path}. Il contient votre clé privée.',
  'settings.wallet': 'Ce portefeuille',
  'settings.did': 'Identifiant propre à ce portefeuille',
  'settings.did_hint':
    'Votre portefeuille signe les ensembles avec la clé liée à cet identifiant. Un émetteur peut vous le demander.',
  'settings.folder': 'Dossier',
  'settings.version': 'Version',
} as const satisfies Record<keyof typeof english, Phrase>;
