import type { AvailablePatch } from '../../compliance/patch-facts.ts';

/** A patch that was released, and what nodes call it. */
export interface Released {
  readonly patchId: string;
  readonly title: string;
  readonly operatingSystem: string;
  readonly classification: string;
  readonly severity: string;
  readonly releasedAt: string;
  readonly cveIds: readonly string[];
  /** As AWS lists it; absent where AWS lists nothing. */
  readonly available?: AvailablePatch;
}

const packages = {
  AMAZON_LINUX_2023: ['kernel', 'openssl', 'curl', 'docker', 'python3.11', 'glibc'],
  UBUNTU: ['linux-image-aws', 'libssl3', 'openssh-server', 'sudo'],
} as const;

const severities = ['Critical', 'Important', 'Important', 'Medium', 'Low'];

/** Everything that was released on these days (`YYYY-MM-DD`, second Tuesdays and others), oldest first. */
export function releasedPatches(tuesdays: readonly string[]): Released[] {
  return tuesdays.flatMap((day, month) => [...windowsPatches(day, month), ...linuxPatches(day, month)]);
}

function windowsPatches(day: string, month: number): Released[] {
  const releasedAt = `${day}T18:00:00.000Z`;
  return [
    ['Cumulative Update for Windows Server 2022', 'Critical', 5_070_000],
    ['Security Update for .NET Framework', 'Important', 5_071_000],
  ].map(([name, severity, number], index): Released => {
    const kbId = `KB${Number(number) + month * 10 + index}`;
    const cveIds = [`CVE-2026-${21_000 + month * 100 + index}`];
    const title = `${day.slice(0, 7)} ${name} (${kbId})`;
    const common = { classification: 'SecurityUpdates', severity: `${severity}`, releasedAt };
    return {
      ...common,
      patchId: kbId,
      title,
      cveIds,
      operatingSystem: 'WINDOWS',
      available: {
        ...common,
        operatingSystem: 'WINDOWS',
        kbId,
        title,
        product: 'WindowsServer2022',
        productFamily: 'Windows',
      },
    };
  });
}

function linuxPatches(day: string, month: number): Released[] {
  return Object.entries(packages).flatMap(([operatingSystem, names]) =>
    names.map((name, index): Released => {
      const days = index * 4 - 6;
      const releasedAt = new Date(Date.parse(`${day}T09:00:00Z`) + days * 86_400_000).toISOString();
      const severity = severities[(month + index) % severities.length] as string;
      const cveIds = [`CVE-2026-${31_000 + month * 100 + index}`];
      return operatingSystem === 'UBUNTU'
        ? ubuntuPatch({ name, month, severity, releasedAt, cveIds })
        : amazonPatch({ name, month, severity, releasedAt, cveIds });
    }),
  );
}

interface Package {
  readonly name: string;
  readonly month: number;
  readonly severity: string;
  readonly releasedAt: string;
  readonly cveIds: readonly string[];
}

function amazonPatch({ name, month, severity, releasedAt, cveIds }: Package): Released {
  const version = `${month + 1}.4.${month + 7}`;
  const common = { classification: 'Security', severity, releasedAt, cveIds, operatingSystem: 'AMAZON_LINUX_2023' };
  return {
    ...common,
    patchId: `${name}.x86_64`,
    title: `${name}.x86_64:0:${version}-1.amzn2023`,
    available: {
      ...common,
      name,
      arch: 'x86_64',
      epoch: 0,
      version,
      release: '1.amzn2023',
      product: 'AmazonLinux2023',
    },
  };
}

/** AWS lists no patches of Ubuntu, and says of none when it was released. */
function ubuntuPatch({ name, month, severity, releasedAt, cveIds }: Package): Released {
  return {
    patchId: `${name}.amd64`,
    title: `${name}.amd64:0:${month + 3}.0.${month + 2}-0ubuntu1`,
    operatingSystem: 'UBUNTU',
    classification: 'Security',
    severity: severity === 'Critical' ? 'Required' : 'Important',
    releasedAt,
    cveIds,
  };
}
