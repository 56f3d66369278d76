/** Line drawings on a 24 unit square. They accompany words and never replace them alone. */
export const ICONS = {
  add: 'M12 5v14M5 12h14',
  back: 'M11 6l-6 6 6 6M5 12h14',
  check: 'M5 12.5l4.5 4.5L19 7',
  chevron: 'M6 9l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  down: 'M12 5v14M6 13l6 6 6-6',
  expand: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  globe: 'M12 3a9 9 0 100 18 9 9 0 000-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  link: 'M10 14a4.2 4.2 0 006 0l3.2-3.2a4.2 4.2 0 00-6-6L12 6M14 10a4.2 4.2 0 00-6 0l-3.2 3.2a4.2 4.2 0 006 6L12 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  open: 'M13 4h7v7M20 4l-9 9M18 14v6H4V6h6',
  paste: 'M9 4h6v3H9zM9 5.5H5.5v15h13v-15H15',
  print: 'M7 9V3h10v6M7 18H4V9h16v9h-3M7 14h10v7H7z',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM14 20v-1M20 14v1',
  refresh: 'M20 11a8 8 0 10-1.5 5.5M20 4.5V11h-6',
  search: 'M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13M15.5 15.5L20 20',
  sort: 'M7 5v14M3.5 15.5L7 19l3.5-3.5M14 6h7M14 11h5M14 16h3',
  trash: 'M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5',
  up: 'M12 19V5M6 11l6-6 6 6',
} as const;

export type IconName = keyof typeof ICONS;
