// 2^-0 … 2^-63, exact.
const HALVES = Float64Array.from({ length: 64 }, (_, i) => 1 / 2 ** i);

/**
 * e^x for x ≤ 0, to six digits, from additions and products alone: `Math.exp` may differ in its last bit from one engine
 * to the next, and the same text has to give the same reading everywhere.
 */
export function exponential(x: number): number {
  const y = -x * Math.LOG2E;
  if (y >= 63) return 0;
  const whole = y | 0;
  const t = (whole - y) * Math.LN2;
  // Taylor to the eighth power on (-ln 2, 0].
  const p =
    1 +
    t *
      (1 +
        t *
          (0.5 +
            t *
              (0.16666666666666666 +
                t *
                  (0.041666666666666664 +
                    t *
                      (0.008333333333333333 +
                        t * (0.001388888888888889 + t * (0.0001984126984126984 + t * 2.48015873015873e-5)))))));
  return p * HALVES[whole]!;
}
