import {
  AnnotationMetadataEntryType,
  TerraformDataSource,
  TerraformElement,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
} from 'cdktf';
import type { IConstruct } from 'constructs';
import { error, formatViolation, type Problem, sortProblems, type Violation } from '../../core/problem.ts';

/**
 * What is wrong with a construct. `asOf` (an ISO date) is given where the answer may depend on the day, and left out
 * during synthesis, which depends on none.
 */
export type ConstructCheck = (asOf?: string) => readonly Violation[];

// A symbol from the global registry, so that two copies of this module in one process still see each other's checks.
const CHECKS = Symbol.for('patchfleet/checks');

interface Checks {
  readonly all: ConstructCheck[];
  /** While `problemsOf` asks the construct for what others validate, its own checks have answered already. */
  answered: boolean;
}

type Checked = IConstruct & { [CHECKS]?: Checks };

/** Has a construct checked at synthesis. Any CDKTF application refuses its errors; `PatchfleetApp` reports all at once. */
export function addCheck(construct: IConstruct, check: ConstructCheck): void {
  const checks = checksOf(construct) ?? { all: [], answered: false };
  if (checks.all.length === 0) Object.defineProperty(construct, CHECKS, { value: checks });
  checks.all.push(check);
  construct.node.addValidation({
    validate: () => {
      if (checks.answered) return [];
      const errors = check().filter((violation) => violation.severity === 'error');
      return errors.map(formatViolation);
    },
  });
}

function checksOf(construct: Checked): Checks | undefined {
  return construct[CHECKS];
}

/** Every problem of a construct tree with its construct path, sorted; what others validate or annotate as one is an error. */
export function problemsOf(root: IConstruct, asOf?: string): Problem[] {
  const constructs = root.node.findAll();
  const problems = constructs.flatMap((construct) => {
    const own = (checksOf(construct)?.all ?? []).flatMap((check) => check(asOf));
    const foreign = foreignMessages(construct);
    const annotated = construct.node.metadata.filter(({ type }) => type === AnnotationMetadataEntryType.ERROR);
    return [
      ...own,
      ...foreign.map((message) => error('construct/validation', message)),
      ...annotated.map(({ data }) => error('construct/annotation', `${data}`)),
    ].map((violation) => ({ ...violation, path: construct.node.path }));
  });
  return sortProblems([...problems, ...constructs.filter(TerraformStack.isStack).flatMap(mergedElements)]);
}

/** What others validate: the construct is asked as the framework asks it, while its checks keep still. */
function foreignMessages(construct: IConstruct): string[] {
  const checks = checksOf(construct);
  if (checks === undefined) return construct.node.validate();
  checks.answered = true;
  try {
    return construct.node.validate();
  } finally {
    checks.answered = false;
  }
}

/**
 * Two elements of one stack with the same Terraform address: the framework would merge them into one resource without
 * a word. It happens to ids right under a stack that differ only in characters Terraform does not allow.
 */
function mergedElements(stack: TerraformStack): Problem[] {
  const first = new Map<string, string>();
  return stack.node
    .findAll()
    .filter((construct) => TerraformElement.isTerraformElement(construct) && construct.cdktfStack === stack)
    .flatMap((construct) => {
      const address = addressOf(construct as TerraformElement);
      if (address === undefined) return [];
      const earlier = first.get(address);
      first.set(address, earlier ?? construct.node.path);
      if (earlier === undefined) return [];
      const message = `would be merged with ${earlier}: both become ${address}`;
      return [{ ...error('stack/unique-terraform-address', message, 'rename one of them'), path: construct.node.path }];
    });
}

function addressOf(element: TerraformElement): string | undefined {
  const id = element.friendlyUniqueId;
  if (TerraformResource.isTerraformResource(element)) return `${element.terraformResourceType}.${id}`;
  if (TerraformDataSource.isTerraformDataSource(element)) return `data.${element.terraformResourceType}.${id}`;
  return TerraformOutput.isTerraformOutput(element) ? `output.${id}` : undefined;
}
