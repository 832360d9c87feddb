/** How long a label of a domain is in ASCII: Punycode, RFC 3492 (sections 3 and 6; the names are the RFC's). */

const [BASE, T_MIN, T_MAX, SKEW, DAMP, INITIAL_BIAS, INITIAL_N] = [36, 1, 26, 38, 700, 72, 128];

export function asciiLength(label) {
  const points = [...label].map((sign) => sign.codePointAt(0));
  const basic = points.filter((point) => point < INITIAL_N).length;
  if (basic === points.length) return basic;
  let length = "xn--".length + basic + (basic ? 1 : 0);
  let [n, delta, bias, handled] = [INITIAL_N, 0, INITIAL_BIAS, basic];
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta += 1;
      if (point !== n) continue;
      length += digits(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    n += 1;
  }
  return length;
}

function digits(delta, bias) {
  let count = 1;
  for (let q = delta, k = BASE; ; k += BASE) {
    const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
    if (q < threshold) return count;
    q = Math.floor((q - threshold) / (BASE - threshold));
    count += 1;
  }
}

function adapt(delta, points, isFirst) {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
