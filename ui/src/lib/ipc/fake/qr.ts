/** Something that looks like a QR code of the given version. It holds nothing and no camera reads it. */
export function fakeQr(version: number, from = 20261121): string {
  const side = 17 + 4 * version;
  const quiet = 4;
  const isFinder = (x: number, y: number) =>
    (x < 8 && y < 8) || (x >= side - 8 && y < 8) || (x < 8 && y >= side - 8);
  const finderIsDark = (x: number, y: number) => {
    const fx = x < 8 ? x : side - 1 - x;
    const fy = y < 8 ? y : side - 1 - y;
    const ring = Math.max(Math.abs(fx - 3), Math.abs(fy - 3));
    return ring <= 1 || ring === 3;
  };
  let seed = from;
  const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
  let path = '';
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const dark = isFinder(x, y) ? finderIsDark(x, y) : random() < 0.48;
      if (dark) path += `M${x + quiet} ${y + quiet}h1v1h-1z`;
    }
  }
  const whole = side + 2 * quiet;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" shape-rendering="crispEdges"><rect width="${whole}" height="${whole}" fill="#fff"/><path d="${path}"/></svg>`;
}
