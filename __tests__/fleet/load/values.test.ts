import { beforeAll, describe, expect, it } from '@jest/globals';
import { edited, FleetFiles, valid } from './files.ts';

describe('the values of a fleet file', () => {
  let files: FleetFiles;
  beforeAll(() => {
    files = new FleetFiles();
  });

  it('name a profile or none: an empty one would ask as whoever the machine is', () => {
    expect(files.problems(edited('    name: shop\n', '    name: shop\n    profile: ""\n'))).toEqual([
      '[fleet.yaml:22:5 accounts[0].profile] profile must be the name of a profile, or be left out, got ""; change profile [fleet/format]',
    ]);
  });

  it('have keys that differ', () => {
    expect(files.problems(edited('fleet: acme', 'fleet: acme\nfleet: other'))).toEqual([
      '[fleet.yaml:3:1 fleet] keys of one map must differ, got "fleet" again after line 2; remove one of the two, or rename it [fleet/duplicate-key]',
    ]);
  });

  it('have no keys that mean something to JavaScript', () => {
    const text = edited(
      '  web:\n',
      '  __proto__: { name: x, baselines: [] }\n  constructor: 1\n  web:\n    prototype: 2\n',
    );
    const { fleet, problems } = files.load(text);
    expect(
      problems.map(({ path, message, fix, rule }) => `${files.nameless(path)} ${message}; ${fix} ${rule}`),
    ).toEqual([
      'fleet.yaml:10:3 patchGroups.__proto__ keys must not be __proto__, constructor, prototype, got "__proto__"; choose another name fleet/reserved-key',
      'fleet.yaml:11:3 patchGroups.constructor keys must not be __proto__, constructor, prototype, got "constructor"; choose another name fleet/reserved-key',
      'fleet.yaml:13:5 patchGroups.web.prototype keys must not be __proto__, constructor, prototype, got "prototype"; choose another name fleet/reserved-key',
    ]);
    expect(Object.getPrototypeOf(fleet?.patchGroups)).toBe(Object.prototype);
    expect(Object.keys(fleet?.patchGroups ?? {})).toEqual(['web']);
  });

  it.each([
    ['"${var.group}"', '11:11', 'patchGroups.web.name', '${var.group}'],
    ['a %{ if x }', '11:11', 'patchGroups.web.name', 'a %{ if x }'],
  ])('hold no interpolation, such as %s', (written, position, at, text) => {
    expect(files.problems(edited('name: web', `name: ${written}`))).toEqual([
      `[fleet.yaml:${position} ${at}] text must be literal, without \${ or %{, got "${text}"; write the value itself: a fleet file is data [fleet/no-interpolation]`,
    ]);
  });

  it('hold no interpolation in keys either', () => {
    const text = edited('    name: shop\n', '    name: shop\n    tags: { "${x}": y }\n');
    expect(files.problems(text)).toEqual([
      '[fleet.yaml:22:13 accounts[0].tags.${x}] text must be literal, without ${ or %{, got "${x}"; write the value itself: a fleet file is data [fleet/no-interpolation]',
    ]);
  });

  it.each(['!secret', '!!binary', '!!set'])('have no tag such as %s', (tag) => {
    const [problem] = files.problems(edited('name: shop', `name: ${tag} shop`));
    expect(problem).toContain('[fleet.yaml:21:');
    expect(problem).toContain('accounts[0].name] values must have no tag of their own, got "');
    expect(problem).toContain('; write the plain value [fleet/tag]');
  });

  it.each(['.nan', '.inf', '1e400'])('are numbers that there are, unlike %s', (written) => {
    const read = written === '.nan' ? 'NaN' : 'Infinity';
    const text = edited('        ring: pilot\n', `        ring: pilot\n        approveAfterDays: ${written}\n`);
    expect(files.problems(text)).toEqual([
      `[fleet.yaml:26:9 accounts[0].assignments.default.approveAfterDays] approveAfterDays must be a number, got ${read}; write it in digits [fleet/type]`,
    ]);
  });

  it('may say the type that YAML gives them anyway', () => {
    const { fleet, problems } = files.load(edited('"012345678901"', '!!str 012345678901'));
    expect(problems).toEqual([]);
    expect(fleet?.accounts[0]?.account).toBe('012345678901');
  });

  it('may be named once and used again', () => {
    const { fleet, problems } = files.load(
      edited('    regions: [eu-central-1]\n', '    regions: &all [eu-central-1, eu-west-1]\n') +
        '  - account: "111111111111"\n    regions: *all\n',
    );
    expect(problems).toEqual([]);
    expect(fleet?.accounts[1]?.regions).toEqual(['eu-central-1', 'eu-west-1']);
  });

  it('may be merged into a map that says the rest itself, and wins', () => {
    const { fleet, problems } = files.load(
      edited('- account: "012345678901"\n', '- &first\n    account: "012345678901"\n') +
        '  - <<: [*first, { profile: p }]\n    account: "111111111111"\n',
    );
    expect(problems).toEqual([]);
    expect(fleet?.accounts[1]).toEqual({ ...fleet?.accounts[0], account: '111111111111', profile: 'p' });
  });

  it('are merged from maps alone', () => {
    expect(files.problems(`${valid}<<: 3\n`)).toEqual([
      '[fleet.yaml:27:1 <<] << must merge a map or a list of maps, got 3; name a map by its alias [fleet/merge]',
    ]);
  });

  it('in a merged map are told where they stand', () => {
    const text = edited('- account: "012345678901"\n', '- &first\n    profil: x\n    account: "012345678901"\n');
    expect(files.problems(`${text}  - <<: *first\n    account: "111111111111"\n`)).toEqual(
      [0, 1].map(
        (account) =>
          `[fleet.yaml:21:5 accounts[${account}].profil] key must be one of account, name, stackId, regions, assumeRoleArn, profile, assignments, tags, instances, autoScalingGroups, got "profil"; did you mean "profile"? [fleet/unknown-key]`,
      ),
    );
  });

  it.each([
    ['before its anchor', 'a: *x\nb: &x 1\n', '1:4 a] alias *x must follow its anchor &x, got none'],
    ['inside its anchor', 'a: &x [1, *x]\n', '1:11 a[1]] alias *x must follow its anchor &x, got one inside it'],
  ])('are not used %s', (_, text, problem) => {
    expect(files.problems(text)).toEqual([`[fleet.yaml:${problem}; write the value itself [fleet/alias]`]);
  });

  it('do not grow without end through aliases', () => {
    const names = [...'abcdefghi'];
    const bomb = names.map((name, index) => {
      const items = Array.from({ length: 9 }, () => (index === 0 ? 'lol' : `*${names[index - 1]}`));
      return `${name}: &${name} [${items.join(', ')}]`;
    });
    expect(files.problems(bomb.join('\n'))).toEqual([
      '[fleet.yaml:6:8 f[0]] aliases must stand for at most 100,000 values, got more; write the values themselves [fleet/alias-count]',
    ]);
  });

  it('may use one anchor in each of a thousand accounts', () => {
    const accounts = Array.from(
      { length: 1000 },
      (_, index) => `  - { account: "${100_000_000_000 + index}", tags: *tags }\n`,
    );
    const text = edited('    name: shop\n', '    name: shop\n    tags: &tags { Team: web, CostCentre: "17" }\n');
    expect(files.load(text + accounts.join('')).fleet?.accounts).toHaveLength(1001);
  });
});
