import { type Report, renderHtml, renderMarkdown, renderText } from '../report/index.ts';
import type { Terminal } from './terminal.ts';

/** A report in one of the formats for people. */
export async function formatReport(
  report: Report,
  format: 'text' | 'markdown' | 'html',
  { columns }: Terminal,
): Promise<string> {
  if (format === 'html') return (await renderHtml(report)).trimEnd();
  if (format === 'markdown') return renderMarkdown(report).trimEnd();
  // A pipe has no width: as wide as a reviewed file.
  return renderText(report, { width: columns ?? 120 }).trimEnd();
}
