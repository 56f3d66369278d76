import type { bundles as english } from '../en/bundles';
import type { Phrase } from '../phrase';

/** Bundles while they are written, in Canadian French. */
export const bundles = {
  'bundles.title': 'Ensembles',
  'bundles.lead':
    'Un ensemble est ce que vous remettez à un employeur\u00a0: certaines de vos attestations, dans votre ordre, avec un mot.',
  'bundles.create': 'Nouvel ensemble',
  'bundles.changed': 'Modifié {moment}',
  'bundles.empty': 'Aucun ensemble pour l’instant',
  'bundles.empty_text':
    'Choisissez les attestations qui conviennent à un poste, mettez la plus forte en premier et ajoutez un mot sur vous. Vous voyez ce qu’on verra.',
  bundle: 'Ensemble',
  'bundle.new': 'Nouvel ensemble',
  'bundle.untitled': 'Ensemble sans titre',
  'bundle.back': 'Retour aux ensembles',
  'bundle.save': 'Enregistrer',
  'bundle.is_saved': 'Enregistré',
  'bundle.saved': 'L’ensemble a été enregistré.',
  'bundle.share': 'Partager cet ensemble',
  'bundle.title': 'Titre',
  'bundle.title_hint': 'L’employeur ou le poste. Le titre est visible à la lecture.',
  'bundle.note': 'Mot à la personne qui lira',
  'bundle.note_hint': 'Quiconque reçoit l’ensemble peut le lire.',
  'bundle.credentials': 'Attestations, dans l’ordre de lecture',
  'bundle.none': 'Aucune pour l’instant. Ajoutez celles qui conviennent.',
  'bundle.add': 'Ajouter des attestations',
  'bundle.up': 'Monter «\u00a0{title}\u00a0»',
  'bundle.down': 'Descendre «\u00a0{title}\u00a0»',
  'bundle.take_out': 'Retirer «\u00a0{title}\u00a0» de l’ensemble',
  'bundle.moved': '«\u00a0{title}\u00a0» est maintenant à la place {place} sur {count}.',
  'bundle.removed': '«\u00a0{title}\u00a0» a été retirée de l’ensemble.',
  'bundle.doubtful': {
    one: 'On verra que l’une d’elles n’est pas authentique et en vigueur',
    other: 'On verra que {count} d’entre elles ne sont pas authentiques et en vigueur',
  },
  'bundle.doubtful_text':
    'Vous pouvez partager l’ensemble ainsi, vérifier de nouveau auprès des émetteurs ou les retirer.',
  'bundle.preview': 'Ce qu’on verra',
  'bundle.delete': 'Supprimer cet ensemble',
  'bundle.delete_title': 'Supprimer cet ensemble?',
  'bundle.delete_text':
    'Vos attestations restent dans le portefeuille, et les liens déjà partagés continuent de fonctionner.',
  'bundle.deleted': 'L’ensemble a été supprimé.',
  'picker.title': 'Ajouter des attestations',
  'picker.none': 'Toutes vos attestations sont dans cet ensemble.',
  'picker.add': { one: 'Ajouter ({count})', other: 'Ajouter ({count})' },
  'picker.add_none': 'Ajouter',
  'choose_bundle.title': 'Ajouter à quel ensemble?',
  'choose_bundle.held': 'Déjà dedans',
  'choose_bundle.count': { one: '{count} attestation', other: '{count} attestations' },
  'choose_bundle.new': 'Nouvel ensemble',
  'choose_bundle.done': 'Ajoutée à «\u00a0{title}\u00a0».',
} as const satisfies Record<keyof typeof english, Phrase>;
