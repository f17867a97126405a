export { renderHtml } from './html/index.ts';
export { renderMarkdown } from './markdown/index.ts';
export type * from './report.ts';
export { renderText, type TextOptions } from './text/index.ts';
