/** How wide text will be and how to keep labels apart. No font is at hand on a server, so widths are those of Arial. */

const NARROW = new Set([..."iljtfrI.,:;'|!()[] "]);
const WIDE = new Set([...'mwMW@%']);

/** Estimated width in pixels. */
export function textWidth(text: string, size: number): number {
  const em = [...text].reduce((width, letter) => {
    if (NARROW.has(letter)) return width + 0.3;
    if (WIDE.has(letter)) return width + 0.88;
    return width + (/[A-ZÁÉÍÓÚÑ]/.test(letter) ? 0.68 : 0.545);
  }, 0);
  return em * size;
}

/** Breaks a label at spaces so that no line is wider than `width`. */
export function wrap(text: string, width: number, size: number): readonly string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined) return [word];
    const longer = `${last} ${word}`;
    return textWidth(longer, size) <= width ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []);
}

/**
 * Moves label positions apart until neighbours are `gap` away from each other, staying within the bounds. Positions
 * come in rising order and keep it.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const upward = wanted.reduce<number[]>((placed, want) => {
    const before = placed.at(-1);
    return [...placed, Math.max(want, before === undefined ? low : before + gap)];
  }, []);
  const centred = upward.map((place, i) => {
    // A run of labels pushed to one side is moved back by half of what its last one was pushed.
    const run = upward.slice(i).findIndex((next, step) => step > 0 && next - (upward[i + step - 1] ?? 0) > gap + 1e-9);
    const last = run < 0 ? upward.length - 1 : i + run - 1;
    const first = upward
      .slice(0, i + 1)
      .reduce((start, at, j) => (j > 0 && at - (upward[j - 1] ?? 0) > gap + 1e-9 ? j : start), 0);
    const pushed = (upward[last] ?? 0) - (wanted[last] ?? 0);
    return first === last ? place : place - pushed / 2;
  });
  const downward = centred.reduceRight<number[]>((placed, want) => {
    const after = placed[0];
    return [Math.min(want, after === undefined ? high : after - gap), ...placed];
  }, []);
  return downward.map((place, i) => Math.max(place, low + i * gap));
}

/** A round axis end a little above the highest value, and its step. */
export function axisScale(highest: number): { readonly max: number; readonly step: number } {
  const rough = Math.max(1, highest) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? 10 * power);
  const whole = Number.isInteger(step) ? step : Math.ceil(step);
  return { max: Math.ceil((highest * 1.04) / whole) * whole || whole, step: whole };
}
