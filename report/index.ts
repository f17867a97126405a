export { renderHtml } from './html/index.ts';
export { inert } from './inert.ts';
export { renderMarkdown } from './markdown/index.ts';
export type * from './report.ts';
export { renderText, type TextOptions } from './text/index.ts';
