import { error, quoted, type Violation } from '../../core/problem.ts';

/** What the YAML library says, in words for people who write fleet files, and the fix. First match wins. */
const translations: readonly (readonly [heard: RegExp, told: string, fix: string])[] = [
  [/^Tabs are not allowed/, 'lines must be indented with spaces, got a tab', 'replace the tab with spaces'],
  [/end with a ([\]}])$/, 'what a bracket opens must be closed by $1', 'add $1'],
  [/^Missing closing (.)quote/, 'quoted text must end with $1', 'add $1'],
  [/must start at the same column/, 'keys of one map must begin in the same column', 'align it with its neighbours'],
  [/items? must be indented|must be indented/, 'what belongs to a key must be indented', 'indent it with spaces'],
  [/^Nested mappings are not allowed/, 'a line must hold one key and its value', 'break the line, or quote the text'],
  [/^Implicit keys need|followed by map values/, 'a line must be "key: value" or "- value"', 'is a colon missing?'],
  [/^Plain value cannot start with/, 'text that begins with a sign must be quoted', 'put it in double quotes'],
  [/^Invalid escape sequence/, 'a backslash in double quotes must begin an escape', 'write \\\\, or use single quotes'],
  [/^With stringKeys/, 'keys must be text', 'write the key as text'],
  [/^Unresolved plain scalar (.{1,80})/s, 'text in JSON must be quoted, got $1', 'put it in double quotes'],
  [/block-seq-ind on same line/, 'a list must begin on a line of its own', 'break the line before the -'],
  [/^Unexpected|^Not a YAML token/, 'the text must be YAML', 'remove it, or quote the text it belongs to'],
];

/** A syntax error at the beginning of `rest`. */
export function syntaxViolation(heard: string, rest: string): Violation {
  const [line = ''] = rest.slice(0, 200).split(/\r?\n/, 1);
  for (const [pattern, told, fix] of translations) {
    const match = pattern.exec(heard);
    if (match === null) continue;
    const filled = (text: string) => text.replace('$1', match[1] ?? '');
    const received = line.trim() === '' || told.includes('got') ? '' : `, got ${quoted(line.trim())}`;
    return error('fleet/syntax', `${filled(told)}${received}`, filled(fix));
  }
  const words = heard.length > 120 ? `${heard.slice(0, 117)}...` : heard;
  return error('fleet/syntax', `${words[0]?.toLowerCase() ?? ''}${words.slice(1)}`, 'write it as YAML 1.2 wants it');
}
