import type { sharing as english } from '../en/sharing';
import type { Phrase } from '../phrase';

/** Sharing, and what was shared, in Canadian French. */
export const sharing = {
  'share.title': 'Partager «\u00a0{title}\u00a0»',
  'share.holds': {
    one: 'L’attestation est transmise en entier, telle que son émetteur l’a signée, et vous signez l’ensemble.',
    other:
      'Les {count} attestations sont transmises en entier, telles que leurs émetteurs les ont signées, et vous signez l’ensemble.',
  },
  'share.how': 'Comment',
  'share.about.link': 'À envoyer par courriel ou messagerie. S’ouvre dans un navigateur, sans rien installer.',
  'share.about.qr': 'À montrer à l’écran ou à imprimer sur un curriculum vitæ.',
  'share.about.json': 'À joindre ou à téléverser. D’autres vérificateurs le lisent aussi.',
  'share.no_page':
    'Aucune page pour les employeurs n’est définie\u00a0: un lien ou un code ne s’ouvre que dans Attesta. Un fichier convient à quiconque dispose d’un vérificateur. Vous pouvez définir une page dans les Réglages.',
  'share.until': 'Durée du partage',
  'share.until_hint': 'Ensuite, ce partage est indiqué comme terminé. Vos attestations ne changent pas.',
  'share.term.none': 'Sans fin',
  'share.term.month': 'Un mois',
  'share.term.half_year': 'Six mois',
  'share.term.year': 'Un an',
  'share.term.date': 'Jusqu’à une date',
  'share.last_day': 'Dernier jour',
  'share.cannot_withdraw':
    'Ce que vous partagez ne peut pas être repris\u00a0: toute personne qui le reçoit peut le garder et le transmettre.',
  'share.make_link': 'Créer le lien',
  'share.make_qr': 'Créer le code',
  'share.make_file': 'Enregistrer le fichier',
  'share.ready': 'Prêt à partager',
  'share.another': 'Une autre forme',
  'share.link': 'Lien vers l’ensemble',
  'share.link_text':
    'Envoyez ce lien. Tout l’ensemble s’y trouve, après le signe #, que les navigateurs gardent pour eux\u00a0: aucun serveur ne le reçoit.',
  'share.link_app_text': 'Aucune page pour les employeurs n’est définie\u00a0: ceci ne s’ouvre que dans Attesta.',
  'share.long':
    'Le lien compte {count} caractères. Certains logiciels de courriel et de messagerie coupent de tels liens; envoyez alors plutôt le fichier.',
  'share.open_browser': 'L’ouvrir dans votre navigateur',
  'share.qr_label': 'Code QR contenant l’ensemble «\u00a0{title}\u00a0»',
  'share.dense':
    'Le code est dense. Montrez-le en grand et bien éclairé; pour l’impression, partagez un lien ou moins d’attestations.',
  'share.show': 'Montrer en grand',
  'share.save_png': 'Enregistrer en PNG',
  'share.save_svg': 'Enregistrer en SVG',
  'share.file_text':
    'Le fichier contient l’ensemble avec votre signature, pour un courriel, un formulaire de candidature ou un autre vérificateur.',
  'share.save_file': 'Enregistrer le fichier',
  'share.save_again': 'Enregistrer de nouveau',
  'share.saved': 'Enregistré sous',
  'share.ends': 'Le partage vaut jusqu’au {date}. Ensuite, il est terminé; vos attestations ne changent pas.',
  'share.no_end': 'Il n’a pas de date de fin.',
  'show.how': 'Pointez l’appareil photo d’un téléphone vers le code. La vérification se fait sur ce téléphone; rien n’est conservé.',
  'show.how_app': 'Ouvrez Attesta sur l’autre appareil et lisez-y le code.',
  'show.truth': 'Le code contient chaque attestation en entier. Une fois lu, il ne peut pas être retiré.',
  'shared.title': 'Partages',
  'shared.lead': 'Ce que vous avez partagé, quand et sous quelle forme. Rien de cela ne peut être repris.',
  'shared.count': { one: '{count} attestation', other: '{count} attestations' },
  'shared.until': 'Jusqu’au {date}',
  'shared.ended': 'Terminé le {date}',
  'shared.no_end': 'Sans date de fin',
  'shared.look': 'Montrer de nouveau',
  'shared.empty': 'Rien de partagé pour l’instant',
  'shared.empty_text': 'Quand vous partagez un ensemble, c’est noté ici, sur cet ordinateur seulement.',
  'shared.to_bundles': 'Aller à vos ensembles',
} as const satisfies Record<keyof typeof english, Phrase>;
