import { patchingSections } from './patching-sections.ts';
import { placeSections } from './place-sections.ts';
import type { Section } from './section.ts';
import { stateSections } from './state-sections.ts';

/** The reference page, part by part. */
export const sections: readonly Section[] = [...patchingSections, ...placeSections, ...stateSections];
