import { Composer, type Document, Lexer, LineCounter, type ParsedNode, Parser } from 'yaml';
import { error, quoted, type Violation } from '../../core/problem.ts';
import type { Finding } from './finding.ts';
import { fixOfSize, mostSymbols } from './limits.ts';
import { syntaxViolation } from './syntax.ts';

export interface ParsedDocument {
  /** The top of the tree; null for an empty file, absent where the syntax is wrong. */
  readonly root?: ParsedNode | null;
  readonly findings: readonly Finding[];
  readonly lines: LineCounter;
}

/** The parser recurses, and overflows the stack at some thousands of levels. */
const mostLevels = 100;

/** Text that is no YAML has an error in every character, and most of what follows an error follows from it. */
const mostErrors = 100;
const mostErrorLines = 20;

export interface ParseOptions {
  /** Keeps with each node the signs around it, for who edits the text. @default false */
  readonly keepSourceTokens?: boolean;
}

/**
 * Parses one YAML 1.2 document, or JSON, which YAML 1.2 contains. Never throws, and stops early where it must: after
 * as many words and signs as a file of `maxBytes` may have, which are what takes the time.
 */
export function parseDocument(
  text: string,
  kind: 'yaml' | 'json',
  maxBytes: number,
  { keepSourceTokens = false }: ParseOptions = {},
): ParsedDocument {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const { tokens, refusal } = tokensOf(text, lines, maxBytes);
  if (refusal !== undefined) return { findings: [refusal], lines };
  const { document, findings } = compose(tokens, text, kind, keepSourceTokens);
  if (findings.length === 0 && document !== undefined) return { root: document.contents, findings, lines };
  return { findings: firstOfEachLine(findings, lines), lines };
}

type SyntaxToken = Parameters<Composer['next']>[0];

function tokensOf(text: string, lines: LineCounter, maxBytes: number) {
  const maxSymbols = mostSymbols(maxBytes);
  const parser = new Parser(lines.addNewLine);
  const tokens: SyntaxToken[] = [];
  let documents = 0;
  const refuseToken = (token: SyntaxToken): Finding | undefined => {
    tokens.push(token);
    if (token.type === 'directive' && !/^%YAML\s+1\.2\s*$/.test(token.source)) {
      const message = `the file must be plain YAML 1.2, got the directive ${quoted(token.source)}`;
      return finding(token.offset, error('fleet/syntax', message, 'remove the directive'));
    }
    if (token.type !== 'document') return undefined;
    documents += 1;
    const several = error('fleet/one-document', 'the file must hold one document, got several', 'remove the line ---');
    return documents > 1 ? finding(token.offset, several) : undefined;
  };
  let symbols = 0;
  for (const symbol of new Lexer().lex(text)) {
    symbols += 1;
    for (const token of parser.next(symbol)) {
      const refusal = refuseToken(token);
      if (refusal !== undefined) return { tokens, refusal };
    }
    if (symbols > maxSymbols) return { tokens, refusal: finding(parser.offset, tooManySymbols(maxBytes)) };
    if (parser.stack.length > mostLevels) return { tokens, refusal: finding(parser.offset, tooDeep()) };
  }
  for (const token of parser.end()) {
    const refusal = refuseToken(token);
    if (refusal !== undefined) return { tokens, refusal };
  }
  return { tokens, refusal: undefined };
}

function tooManySymbols(maxBytes: number): Violation {
  const most = mostSymbols(maxBytes).toLocaleString('en-US');
  const message = `the fleet file must have at most ${most} words and signs, got more`;
  return error('fleet/file-size', message, fixOfSize(maxBytes));
}

function tooDeep(): Violation {
  return error('fleet/depth', `maps and lists must nest at most ${mostLevels} levels deep, got more`, 'nest them less');
}

function finding(offset: number, violation: Violation): Finding {
  return { ...violation, offset, at: [] };
}

class TooManyErrors extends Error {}

function compose(tokens: readonly SyntaxToken[], text: string, kind: 'yaml' | 'json', keepSourceTokens: boolean) {
  const findings: Finding[] = [];
  const report = (offset: number, message: string) => {
    findings.push(finding(offset, syntaxViolation(message, text.slice(offset, offset + 200))));
    if (findings.length >= mostErrors) throw new TooManyErrors();
  };
  const composer = new Composer({
    schema: kind === 'json' ? 'json' : 'core',
    prettyErrors: false,
    stringKeys: true,
    resolveKnownTags: false,
    keepSourceTokens,
    // The library compares each key with every other; `values.ts` looks for duplicates.
    uniqueKeys: false,
  });
  // The library collects errors without end; there is no option to stop.
  (composer as unknown as { onError: OnError }).onError = (source, _code, message, isWarning) => {
    if (isWarning !== true) report(offsetOf(source), message);
  };
  let document: Document.Parsed | undefined;
  try {
    for (const token of tokens) {
      if (token.type === 'error') report(token.offset, token.message);
      else for (const composed of composer.next(token)) document = composed as Document.Parsed;
    }
    for (const composed of composer.end(true, text.length)) document = composed as Document.Parsed;
  } catch (failure) {
    if (!(failure instanceof TooManyErrors)) throw failure;
  }
  return { document, findings };
}

type ErrorSource = number | readonly [number, number] | { readonly offset: number };
type OnError = (source: ErrorSource, code: string, message: string, isWarning?: boolean) => void;

function offsetOf(source: ErrorSource): number {
  if (typeof source === 'number') return source;
  return 'offset' in source ? source.offset : source[0];
}

function firstOfEachLine(findings: readonly Finding[], lines: LineCounter): Finding[] {
  const byLine = new Map<number, Finding>();
  for (const each of [...findings].sort((a, b) => a.offset - b.offset)) {
    const { line } = lines.linePos(each.offset);
    if (!byLine.has(line)) byLine.set(line, each);
  }
  return [...byLine.values()].slice(0, mostErrorLines);
}
