const framework = '^node_modules/(cdktf|constructs|@cdktf/provider-aws)/';
const edges = '^(cli|bin|bench|scripts|__tests__)/';
const rooms = '^(core|calendar|report|fleet|modules|stacks|compliance|cli)/|^main\\.ts$';

/** Who may import whom: the rooms of the architecture. */
export default {
  forbidden: [
    {
      name: 'core-imports-nothing',
      comment: 'core/ is what everything stands on.',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: rooms, pathNot: '^core/' },
    },
    {
      name: 'calendar-imports-core',
      comment: 'calendar/ is pure and stands on core/ alone.',
      severity: 'error',
      from: { path: '^calendar/' },
      to: { path: rooms, pathNot: '^(calendar|core)/' },
    },
    {
      name: 'report-imports-core',
      comment: 'report/ shows what it is given and knows nothing else of ours.',
      severity: 'error',
      from: { path: '^report/' },
      to: { path: rooms, pathNot: '^(report|core)/' },
    },
    {
      name: 'modules-import-downwards',
      comment: 'A module knows neither stacks nor commands.',
      severity: 'error',
      from: { path: '^modules/' },
      to: { path: rooms, pathNot: '^(modules|calendar|core)/' },
    },
    {
      name: 'modules-through-their-index',
      comment: 'A module uses what another one exports, not its insides; checks use plain data and other checks.',
      severity: 'error',
      from: { path: '^modules/([^/]+)/' },
      to: {
        path: '^modules/(iam|compute|patch-baseline|patch-group|maintenance-window)/',
        pathNot: ['^modules/$1/', '/(index|checks|operating-system)\\.ts$'],
      },
    },
    {
      name: 'fleet-imports-plain-modules',
      comment: 'A fleet is plain data: of the modules it uses checks and tables, which need no framework.',
      severity: 'error',
      from: { path: '^fleet/' },
      to: { path: rooms, pathNot: '^(fleet|modules|calendar|core)/' },
    },
    {
      name: 'stacks-import-modules',
      comment: 'Stacks are made of modules, as a fleet says.',
      severity: 'error',
      from: { path: '^stacks/' },
      to: { path: rooms, pathNot: '^(stacks|fleet|modules|core)/' },
    },
    {
      name: 'compliance-imports-plain-values',
      comment: 'Compliance judges plain values, whoever deployed what.',
      severity: 'error',
      from: { path: '^compliance/' },
      to: { path: rooms, pathNot: '^(compliance|fleet|calendar|report|core)/' },
    },
    {
      name: 'judges-know-no-source',
      comment: 'Where facts come from is behind the port.',
      severity: 'error',
      from: { path: '^compliance/', pathNot: '^compliance/(aws|file)/' },
      to: { path: '^compliance/(aws|file)/|^node_modules/@aws-sdk/' },
    },
    {
      name: 'aws-asked-late',
      comment: 'The SDK takes half a second to load: only what asks AWS does, by import().',
      severity: 'error',
      from: { pathNot: '^__tests__/' },
      to: { path: '^compliance/aws/reader\\.ts$', dynamic: false },
    },
    {
      name: 'sdk-in-one-place',
      comment: 'All that is asked of AWS stands together, beside the policy that allows it.',
      severity: 'error',
      from: { pathNot: '^(compliance/aws/|__tests__/(support|compliance)/aws/|bench/sdk-alone\\.ts$)' },
      to: { path: '^node_modules/@aws-sdk/' },
    },
    {
      name: 'commands-load-stacks-late',
      comment: 'The framework takes 0.2 s to load: only commands that synthesise do, by import().',
      severity: 'error',
      from: { path: '^cli/' },
      to: { path: '^(modules|stacks)/', dynamic: false },
    },
    {
      name: 'framework-in-three-places',
      comment: 'CDKTF is archived: what is worth keeping does not depend on it.',
      severity: 'error',
      from: { pathNot: ['^(modules|stacks|__tests__|bench)/', '^main\\.ts$'] },
      to: { path: framework },
    },
    {
      name: 'checks-without-framework',
      comment: 'Checks also run where nothing is synthesised.',
      severity: 'error',
      from: { path: '^modules/.*checks\\.ts$', pathNot: '^modules/tf/' },
      to: { path: framework, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-provider-barrel',
      comment: 'The barrel costs seconds and 570 MB: import lib/<resource>/index.js.',
      severity: 'error',
      from: { pathNot: '^bench/stock/' },
      to: { path: '^node_modules/@cdktf/provider-aws/lib/index\\.js$' },
    },
    {
      name: 'files-and-processes-at-the-edges',
      comment:
        'Pure rooms touch no files, network or processes. The application removes directories it made, and large fleets use all cores.',
      severity: 'error',
      from: {
        pathNot: [
          edges,
          '^fleet/load/',
          '^compliance/(aws|file)/',
          '^modules/tf/app\\.ts$',
          '^report/html/index\\.ts$',
          '^stacks/(share|share-worker|synthesise)\\.ts$',
        ],
      },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(path|util)$' },
    },
    {
      name: 'pages-hash-their-style',
      comment: 'A page names its style by hash in its content security policy. Hashing touches nothing.',
      severity: 'error',
      from: { path: '^report/html/index\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'charts-drawn-late',
      comment: 'The library that draws takes 0.15 s to load: only a page with a chart does, by import().',
      severity: 'error',
      from: { pathNot: '^report/html/draw\\.ts$' },
      to: { path: ['^node_modules/(echarts|zrender)/', '^report/html/draw\\.ts$'], dynamic: false },
    },
    {
      name: 'no-circular',
      comment: 'No file needs one that needs it, not even for a type.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^__tests__/' },
      to: { path: '^__tests__/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(cdktf\\.out|dist|bench/stock)/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types'],
    },
  },
};
