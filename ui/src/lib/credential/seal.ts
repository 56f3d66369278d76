import type { Mark } from './verdict';

/**
 * The shapes of the seal on a 32 unit square. `solid` is filled, with the sign cut out of it, so that it needs no second
 * colour; everything else is drawn in line. Each differs from every other in its outline *and* in its sign.
 */
export interface SealShape {
  readonly solid?: string;
  readonly ring?: { readonly path: string; readonly dashes?: string };
  readonly sign?: string;
}

const CENTRE = 16;
const LOBES = 14;

const point = (angle: number, radius: number): string =>
  `${(CENTRE + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE + radius * Math.sin(angle)).toFixed(2)}`;

/** A ring of `lobes` outward curves. */
export function scallop(lobes: number, inner: number, outer: number): string {
  let path = '';
  for (let lobe = 0; lobe < lobes; lobe++) {
    const from = (lobe / lobes) * 2 * Math.PI;
    const to = ((lobe + 1) / lobes) * 2 * Math.PI;
    path += `${lobe === 0 ? `M${point(from, inner)}` : ''}Q${point((from + to) / 2, outer)} ${point(to, inner)}`;
  }
  return `${path}Z`;
}

/** A closed curve that swings `lobes` times around a circle, begun at `phase`: one thread of a guilloche. */
export function wave(lobes: number, middle: number, swing: number, phase: number): string {
  const steps = lobes * 10;
  const points = Array.from({ length: steps }, (_, step) => {
    const angle = (step / steps) * 2 * Math.PI;
    return point(angle, middle + swing * Math.cos(lobes * angle + phase));
  });
  return `M${points.join('L')}Z`;
}

function arc(fromDegrees: number, toDegrees: number, radius: number): string {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const large = toDegrees - fromDegrees > 180 ? 1 : 0;
  return `M${point(radians(fromDegrees), radius)}A${radius} ${radius} 0 ${large} 1 ${point(radians(toDegrees), radius)}`;
}

const RADIUS = 12.8;
const CIRCLE = `M${CENTRE} ${CENTRE - RADIUS}a${RADIUS} ${RADIUS} 0 110 ${2 * RADIUS}a${RADIUS} ${RADIUS} 0 110-${2 * RADIUS}`;

/** A check mark as an outline, so that it can be cut out of the solid seal. */
const CHECK = 'M8.6 17.5L14.36 23.1L23.6 12.9L21.4 10.9L14.24 18.9L10.7 15.4Z';

export const SEALS: Readonly<Record<Mark, SealShape>> = {
  valid: { solid: scallop(LOBES, 13.2, 16.4) + CHECK },
  status_unknown: { ring: { path: CIRCLE, dashes: '0.1 4.37' }, sign: 'M11 16h.01M16 16h.01M21 16h.01' },
  unverifiable: {
    ring: { path: CIRCLE, dashes: '4.6 3.44' },
    sign: 'M13 13.2a3.1 3.1 0 114.4 2.8c-1 .5-1.4 1.1-1.4 2.2M16 21.6v.01',
  },
  not_yet_valid: { ring: { path: CIRCLE }, sign: 'M16 9.6V16l4.2 2.6' },
  expired: { ring: { path: CIRCLE }, sign: 'M12 10h8M12 22h8M12.8 10c0 5 6.4 7 6.4 12M19.2 10c0 5-6.4 7-6.4 12' },
  suspended: { ring: { path: CIRCLE }, sign: 'M13.2 11.4v9.2M18.8 11.4v9.2' },
  revoked: { ring: { path: CIRCLE }, sign: 'M4.6 27.4L27.4 4.6' },
  // Two halves that no longer meet.
  invalid: { ring: { path: arc(-28, 118, RADIUS) + arc(152, 298, RADIUS) }, sign: 'M11.8 11.8l8.4 8.4M20.2 11.8l-8.4 8.4' },
  // No seal at all: a sheet with a turned corner.
  rejected: { ring: { path: 'M8 4.5h10.5L25 11v16.5H8zM18.5 4.5V11H25' }, sign: 'M12.5 19h8' },
  nothing: { ring: { path: CIRCLE }, sign: 'M12 16h8' },
};
