// Pictures as a camera takes them: out of focus, near or far, grainy, seen from the side. Small functions of our own, so
// that what is done to a code can be read here.
import {PNG} from 'pngjs';

/** A grey picture: its size, and one brightness from 0 to 255 for each pixel, row by row. */
export function picture(width, height, light = 255) {
  return {width, height, grey: new Float64Array(width * height).fill(light)};
}

/** A PNG as a grey picture; what is transparent lies on white. */
export function fromPng(bytes) {
  const {width, height, data} = PNG.sync.read(Buffer.from(bytes));
  const drawn = picture(width, height);
  for(let at = 0; at < width * height; at += 1) {
    const [red, green, blue, alpha] = data.subarray(4 * at, 4 * at + 4);
    const light = 0.299 * red + 0.587 * green + 0.114 * blue;
    drawn.grey[at] = 255 + (light - 255) * alpha / 255;
  }
  return drawn;
}

/** The red, green, blue and alpha of each pixel. */
export function rgba({width, height, grey}) {
  const data = new Uint8ClampedArray(4 * width * height);
  for(let at = 0; at < width * height; at += 1) {
    data.fill(grey[at], 4 * at, 4 * at + 3);
    data[4 * at + 3] = 255;
  }
  return data;
}

/** A PNG of a grey picture. */
export function toPng(shown) {
  const png = new PNG({width: shown.width, height: shown.height});
  png.data = Buffer.from(rgba(shown).buffer);
  return PNG.sync.write(png);
}

/** Out of focus: each pixel becomes the mean of those up to `radius` pixels around it, twice. */
export function blurred(shown, radius) {
  return smooth(smooth(shown, radius), radius);
}

function smooth(image, radius) {
  return mean(mean(image, radius, 1, image.width), radius, image.width, image.height);
}

// The mean along rows (step 1) or columns (step width), each `length` pixels long.
function mean({width, height, grey}, radius, step, length) {
  const blurry = picture(width, height);
  for(let at = 0; at < grey.length; at += 1) {
    const place = step === 1 ? at % width : Math.floor(at / width);
    let [sum, count] = [0, 0];
    for(let off = Math.max(-radius, -place); off <= Math.min(radius, length - 1 - place); off += 1) {
      sum += grey[at + off * step];
      count += 1;
    }
    blurry.grey[at] = sum / count;
  }
  return blurry;
}

/** Nearer or farther: `factor` times as wide and high. */
export function scaled(shown, factor) {
  const [width, height] = [Math.round(shown.width * factor), Math.round(shown.height * factor)];
  const samples = Math.max(1, Math.ceil(1 / factor));
  return drawn(width, height, (x, y) => {
    // Farther away, several pixels fall onto one, as on a camera's sensor.
    let sum = 0;
    for(let part = 0; part < samples * samples; part += 1) {
      const [dx, dy] = [part % samples, Math.floor(part / samples)].map(each => (each + 0.5) / samples);
      sum += between(shown, (x + dx) / factor - 0.5, (y + dy) / factor - 0.5);
    }
    return sum / samples ** 2;
  });
}

/**
 * Grainy: the given share of all pixels of the sensor is black or white whatever is before it. A camera never delivers
 * that as it is: what comes out has been smoothed over three by three pixels. The same seed gives the same grain.
 */
export function grainy(shown, share, seed) {
  const grains = picture(shown.width, shown.height);
  const next = random(seed);
  for(let at = 0; at < grains.grey.length; at += 1) {
    grains.grey[at] = next() < share ? (next() < 0.5 ? 0 : 255) : shown.grey[at];
  }
  return smooth(grains, 1);
}

/** Seen from the side: the right edge is `share` shorter than the left one, and the whole leans a little. */
export function slanted(shown, share) {
  const {width, height} = shown;
  const margin = Math.round(Math.max(width, height) * 0.08);
  const [wide, high] = [width + 2 * margin, height + 2 * margin];
  const cut = height * share / 2;
  const corners = [
    [margin, margin],
    [margin + width * (1 - share / 2), margin + cut],
    [margin + width * (1 - share / 2) - cut / 3, margin + height - cut],
    [margin + cut / 2, margin + height]
  ];
  const back = homography(corners, [[0, 0], [width, 0], [width, height], [0, height]]);
  return drawn(wide, high, (x, y) => {
    const [fromX, fromY] = back(x + 0.5, y + 0.5);
    return between(shown, fromX - 0.5, fromY - 0.5);
  });
}

function drawn(width, height, light) {
  const made = picture(width, height);
  for(let at = 0; at < made.grey.length; at += 1) {
    made.grey[at] = light(at % width, Math.floor(at / width));
  }
  return made;
}

// The brightness between four pixels; beyond the edges there is white paper.
function between({width, height, grey}, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const at = (column, row) =>
    column < 0 || row < 0 || column >= width || row >= height ? 255 : grey[row * width + column];
  const [right, down] = [x - left, y - top];
  return (at(left, top) * (1 - right) + at(left + 1, top) * right) * (1 - down) +
    (at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right) * down;
}

// The projection that takes four points to four others: eight linear equations, solved by elimination.
function homography(from, to) {
  const rows = from.flatMap(([x, y], index) => {
    const [u, v] = to[index];
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v]
    ];
  });
  for(let column = 0; column < 8; column += 1) {
    const pivot = rows.slice(column).reduce((best, row) => Math.abs(row[column]) > Math.abs(best[column]) ? row : best);
    rows[rows.indexOf(pivot)] = rows[column];
    rows[column] = pivot.map(value => value / pivot[column]);
    for(let other = 0; other < 8; other += 1) {
      if(other !== column) {
        const factor = rows[other][column];
        rows[other] = rows[other].map((value, index) => value - factor * rows[column][index]);
      }
    }
  }
  const [a, b, c, d, e, f, g, h] = rows.map(row => row[8]);
  return (x, y) => {
    const scale = g * x + h * y + 1;
    return [(a * x + b * y + c) / scale, (d * x + e * y + f) / scale];
  };
}

// A xorshift generator: numbers from 0 up to 1 that are the same in every run.
export function random(seed) {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
