/*
 * What GitHub's own parser says of workflows, by its own schema: sets of them, `[{ "plan.yml": "text" }]`, on standard
 * input, `[{ "plan.yml": ["plan.yml (Line: 1, Col: 1): …"] }]` on standard output. A program of its own, since the parser
 * is made for bundlers and runs in no other way.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';

type Workflows = Readonly<Record<string, string>>;

async function errorsOf(workflows: Workflows, name: string, content: string): Promise<string[]> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const called = {
    getFileContent: async (reference: { readonly path: string }) => {
      const text = workflows[basename(reference.path)];
      if (text === undefined) throw new Error(`${reference.path} is not there`);
      return { name: reference.path, content: text };
    },
  };
  if (value !== undefined) await convertWorkflowTemplate(context, value, called, { fetchReusableWorkflowDepth: 1 });
  return context.errors.getErrors().map(({ message }) => message);
}

async function errorsOfAll(workflows: Workflows): Promise<Record<string, string[]>> {
  const found = Object.entries(workflows).map(
    async ([name, text]) => [name, await errorsOf(workflows, name, text)] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

const sets: readonly Workflows[] = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(await Promise.all(sets.map(errorsOfAll))));
