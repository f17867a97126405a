/* Series of a chart differ in colour, mark and dash, so that they can be told apart without colours. */

const colours = 6;
const marks = ['circle', 'rect', 'triangle', 'diamond'] as const;

/** A colour that the style of the page gives for light, dark and print. */
export function colourOf(series: number): string {
  return `var(--series-${series % colours})`;
}

export function markOf(series: number): (typeof marks)[number] {
  return marks[series % marks.length] ?? 'circle';
}

/** Lengths of dashes and gaps; none for the series that have a colour to themselves. */
export function dashesOf(series: number): readonly number[] | undefined {
  return series < colours ? undefined : [6, 3];
}
