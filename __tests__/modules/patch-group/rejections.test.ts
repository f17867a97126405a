import { describe, expect, it } from '@jest/globals';
import type { TerraformStack } from 'cdktf';
import fc from 'fast-check';
import { formatViolation } from '../../../core/problem.ts';
import { type IPatchBaseline, type OperatingSystem, PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { checkPatchGroup } from '../../../modules/patch-group/checks.ts';
import { PatchGroup, type PatchGroupProps } from '../../../modules/patch-group/index.ts';
import { synth } from '../../support/template.ts';

const baselines = [{ baselineId: 'pb-0123456789abcdef0', operatingSystem: 'WINDOWS' }];

/** What is wrong with a sound group once these facts are changed. */
const problemsWith = (changes: object) =>
  checkPatchGroup({ groupName: 'web', baselines, ...changes } as never).map(formatViolation);

let made = 0;

function baselineOf(
  stack: TerraformStack,
  operatingSystem: OperatingSystem = 'WINDOWS',
  region?: string,
): IPatchBaseline {
  made += 1;
  const id = `pb-${made.toString(16).padStart(17, '0')}`;
  const baseline = PatchBaseline.fromBaselineId(stack, `Known${made}`, id, operatingSystem);
  return region === undefined ? baseline : Object.assign(baseline, { region });
}

const problemsOf = (build: (stack: TerraformStack) => void) => synth(build).problems();

describe('the name of a patch group', () => {
  it('is any that AWS takes', () => {
    const names = fc.stringMatching(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u);
    fc.assert(fc.property(names, (groupName) => expect(problemsWith({ groupName })).toEqual([])));
    for (const groupName of ['Windows Server 2016 Base', 'größe/東京', 'x'.repeat(256)]) {
      expect(problemsWith({ groupName })).toEqual([]);
    }
  });

  it('is no other, and the problem is one line without control characters', () => {
    const others = fc
      .string({ unit: 'binary', maxLength: 280 })
      .filter((text) => !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u.test(text));
    fc.assert(
      fc.property(others, (groupName) => {
        const [problem, ...more] = problemsWith({ groupName });
        expect(more).toEqual([]);
        expect(problem).toMatch(/^groupName must be 1 to 256 characters of .*\[patch-group\/name\]$/);
        expect(problem).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });

  it.each([
    ['', '""'],
    ['web;prod', '"web;prod"'],
    ['web\n', '"web\\n"'],
    ['x'.repeat(257), `257 characters: "${'x'.repeat(76)}...`],
    [5, '5'],
    [null, 'null'],
  ])('is not %j', (groupName, got) => {
    expect(problemsWith({ groupName })).toEqual([
      `groupName must be 1 to 256 characters of letters, digits, spaces, _ . : / = + - @, got ${got}; change groupName [patch-group/name]`,
    ]);
  });
});

describe('the tag key of a patch group', () => {
  it.each(['PatchGroup', 'Patch Group', undefined])('is %s', (tagKey) => {
    expect(problemsWith({ tagKey })).toEqual([]);
  });

  it('is no other, as case and space matter', () => {
    const allowed = 'tagKey must be one of PatchGroup, Patch Group';
    expect(problemsWith({ tagKey: 'patchgroup' })).toEqual([
      `${allowed}, got "patchgroup"; did you mean "PatchGroup"? [patch-group/tag-key]`,
    ]);
    expect(problemsWith({ tagKey: 'Name' })).toEqual([`${allowed}, got "Name"; use one of them [patch-group/tag-key]`]);
  });
});

describe('the baselines of a patch group', () => {
  it.each([
    [[], 'none'],
    [undefined, 'none'],
    [null, 'null'],
    ['pb-0123456789abcdef0', '"pb-0123456789abcdef0"'],
  ])('are at least one: %j is refused', (given, got) => {
    expect(
      problemsOf((stack) => new PatchGroup(stack, 'Web', { groupName: 'web', baselines: given as never })),
    ).toEqual([
      `[Test/Web] baselines must hold at least one baseline, got ${got}: nodes of the group would use the default baseline; list a baseline for each operating system of the group [patch-group/has-baseline]`,
    ]);
  });

  it('are one for each operating system', () => {
    const problems = problemsOf((stack) => {
      const [first, second, third] = [baselineOf(stack), baselineOf(stack), baselineOf(stack)];
      new PatchGroup(stack, 'Web', { groupName: 'web', baselines: [first, baselineOf(stack, 'SUSE'), second, third] });
    });
    expect(problems).toEqual([
      '[Test/Web] baselines must hold one baseline for each operating system, got more for WINDOWS; merge them, or put the nodes in several groups [patch-group/one-baseline-per-operating-system]',
    ]);
  });

  it('are not the same one twice', () => {
    const problems = problemsOf((stack) => {
      const baseline = baselineOf(stack);
      new PatchGroup(stack, 'Web', { groupName: 'web', baselines: [baseline, baseline] });
    });
    expect(problems).toEqual([
      '[Test/Web] baselines must hold one baseline for each operating system, got more for WINDOWS; merge them, or put the nodes in several groups [patch-group/one-baseline-per-operating-system]',
    ]);
  });

  it('are baselines', () => {
    const given = [
      null,
      'pb-0123456789abcdef0',
      { baselineId: 'pb-0123456789abcdef0' },
      { operatingSystem: 'WINDOWS' },
    ];
    const refused = (index: number, got: string) =>
      `[Test/Web] baselines[${index}] must be a patch baseline with a known operating system, got ${got}; give a PatchBaseline, or one from PatchBaseline.fromBaselineId [patch-group/baseline]`;
    expect(
      problemsOf((stack) => new PatchGroup(stack, 'Web', { groupName: 'web', baselines: given as never })),
    ).toEqual([
      refused(0, 'something else'),
      refused(1, 'something else'),
      refused(2, 'undefined'),
      refused(3, 'something else'),
    ]);
  });

  it('have an operating system that is known when synthesising', () => {
    const problems = problemsOf((stack) => {
      const baseline = PatchBaseline.fromBaselineId(stack, 'Later', 'pb-0123456789abcdef0', '${var.os}' as 'SUSE');
      new PatchGroup(stack, 'Web', { groupName: 'web', baselines: [baseline] });
    });
    expect(problems).toEqual([
      '[Test/Web] baselines[0] must be a patch baseline with a known operating system, got undefined; give a PatchBaseline, or one from PatchBaseline.fromBaselineId [patch-group/baseline]',
    ]);
  });

  it("are in the group's region", () => {
    const problems = problemsOf((stack) => {
      const there = [baselineOf(stack, 'SUSE', 'eu-west-1'), baselineOf(stack, 'UBUNTU', 'us-east-1')];
      new PatchGroup(stack, 'Web', { groupName: 'web', baselines: there, region: 'us-east-1' });
    });
    expect(problems).toEqual([
      '[Test/Web] baselines[0] must be in the group\'s region "us-east-1", got "eu-west-1"; leave region out: the group follows its baselines [patch-group/region]',
    ]);
  });
});

describe('patch groups of one stack', () => {
  const group = (
    stack: TerraformStack,
    id: string,
    props: Partial<PatchGroupProps> & Pick<PatchGroupProps, 'baselines'>,
  ) => new PatchGroup(stack, id, { groupName: 'web', ...props });

  it('register one name on an operating system once', () => {
    const problems = problemsOf((stack) => {
      group(stack, 'First', { baselines: [baselineOf(stack, 'WINDOWS'), baselineOf(stack, 'SUSE')] });
      group(stack, 'Second', { baselines: [baselineOf(stack, 'UBUNTU'), baselineOf(stack, 'SUSE')] });
      group(stack, 'Third', { baselines: [baselineOf(stack, 'DEBIAN')] });
      group(stack, 'Other', { baselines: [baselineOf(stack, 'SUSE')], groupName: 'api' });
    });
    expect(problems).toEqual([
      '[Test/Second] patch group "web" must have one baseline for SUSE, another is registered already; register it once, or name the groups apart [patch-group/registered-once]',
    ]);
  });

  it('share a name whatever their tag keys: both keys name the same groups', () => {
    const problems = problemsOf((stack) => {
      group(stack, 'First', { baselines: [baselineOf(stack)], tagKey: 'PatchGroup' });
      group(stack, 'Second', { baselines: [baselineOf(stack)], tagKey: 'Patch Group' });
    });
    expect(problems).toEqual([
      '[Test/Second] patch group "web" must have one baseline for WINDOWS, another is registered already; register it once, or name the groups apart [patch-group/registered-once]',
    ]);
  });

  it('register one name in each region', () => {
    const problems = problemsOf((stack) => {
      group(stack, 'Here', { baselines: [baselineOf(stack)] });
      group(stack, 'There', { baselines: [baselineOf(stack)], region: 'eu-west-1' });
      group(stack, 'ThereAgain', { baselines: [baselineOf(stack, 'WINDOWS', 'eu-west-1')] });
    });
    expect(problems).toEqual([
      '[Test/ThereAgain] patch group "web" must have one baseline for WINDOWS in eu-west-1, another is registered already; register it once, or name the groups apart [patch-group/registered-once]',
    ]);
  });

  it('are at most 25 on a baseline', () => {
    const fill = (stack: TerraformStack, count: number) => {
      const [shared, linux] = [baselineOf(stack), baselineOf(stack, 'SUSE')];
      for (let index = 1; index <= count; index++) {
        const its = index === count ? [linux, shared] : [shared];
        group(stack, `Group${index}`, { groupName: `group-${index}`, baselines: its });
      }
    };
    expect(problemsOf((stack) => fill(stack, 25))).toEqual([]);
    expect(problemsOf((stack) => fill(stack, 26))).toEqual([
      '[Test/Group26] baselines[1] must serve at most 25 patch groups, this is the 26th; give the group a baseline of its own [patch-group/groups-per-baseline]',
    ]);
  });

  it('are counted on the same baseline, by whatever constructs it is named', () => {
    const problems = problemsOf((stack) => {
      for (let index = 1; index <= 26; index++) {
        const baseline = PatchBaseline.fromBaselineId(stack, `B${index}`, 'pb-0123456789abcdef0', 'WINDOWS');
        group(stack, `Group${index}`, { groupName: `group-${index}`, baselines: [baseline] });
      }
    });
    expect(problems).toEqual([
      '[Test/Group26] baselines[0] must serve at most 25 patch groups, this is the 26th; give the group a baseline of its own [patch-group/groups-per-baseline]',
    ]);
  });
});

describe('PatchGroup of malformed props', () => {
  it('misses what cannot be left out', () => {
    expect(problemsOf((stack) => new PatchGroup(stack, 'Web', {} as never))).toEqual([
      '[Test/Web] baselines must hold at least one baseline, got none: nodes of the group would use the default baseline; list a baseline for each operating system of the group [patch-group/has-baseline]',
      '[Test/Web] groupName must be given; set groupName [patch-group/name]',
    ]);
  });

  it('reports everything at once', () => {
    const given = { groupName: '', tagKey: 'Group', baselines: [{}] };
    expect(problemsOf((stack) => new PatchGroup(stack, 'Web', given as never))).toEqual([
      '[Test/Web] baselines[0] must be a patch baseline with a known operating system, got something else; give a PatchBaseline, or one from PatchBaseline.fromBaselineId [patch-group/baseline]',
      '[Test/Web] groupName must be 1 to 256 characters of letters, digits, spaces, _ . : / = + - @, got ""; change groupName [patch-group/name]',
      '[Test/Web] tagKey must be one of PatchGroup, Patch Group, got "Group"; use one of them [patch-group/tag-key]',
    ]);
  });

  it('never throws, whatever it is given', () => {
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true });
    const some = fc.record({
      groupName: anything,
      tagKey: anything,
      baselines: fc.oneof(anything, fc.array(anything)),
    });
    fc.assert(
      fc.property(some, (given) => {
        expect(Array.isArray(problemsOf((stack) => new PatchGroup(stack, 'Web', given as never)))).toBe(true);
        expect(Array.isArray(problemsWith(given))).toBe(true);
      }),
    );
  });
});
