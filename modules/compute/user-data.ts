import type { Architecture } from './machine-image.ts';

interface Place {
  readonly region: string;
  /** `amazonaws.com`, `amazonaws.com.cn`, … */
  readonly dnsSuffix: string;
}

/**
 * What an instance runs when it first starts, so that an image without the Systems Manager agent becomes a managed node.
 * The package comes from the region's own bucket, which a gateway endpoint for S3 reaches too. Tries for ten minutes:
 * a route to the bucket may be made after the instance.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/manually-install-ssm-agent-linux.html
 */
export function agentInstallation(family: 'apt' | 'rpm', architecture: Architecture, place: Place): string {
  const folder = `${family === 'apt' ? 'debian' : 'linux'}_${architecture === 'arm64' ? 'arm64' : 'amd64'}`;
  const file = `amazon-ssm-agent.${family === 'apt' ? 'deb' : 'rpm'}`;
  return [
    '#!/bin/sh',
    `url='https://s3.${place.region}.${place.dnsSuffix}/amazon-ssm-${place.region}/latest/${folder}/${file}'`,
    'install_agent() {',
    ...(family === 'apt' ? aptCommands : rpmCommands),
    '}',
    // No braces around shell variables: Terraform would read them as its own.
    'for attempt in $(seq 40); do',
    '  install_agent && break',
    '  sleep 15',
    'done',
    'systemctl enable --now amazon-ssm-agent',
    '',
  ].join('\n');
}

const aptCommands = [
  '  package=/tmp/amazon-ssm-agent.deb',
  '  if command -v curl >/dev/null; then',
  '    curl --fail --silent --show-error --output "$package" "$url" || return 1',
  '  else',
  '    wget --quiet --output-document="$package" "$url" || return 1',
  '  fi',
  '  dpkg --install "$package"',
];

const rpmCommands = [
  '  if command -v dnf >/dev/null; then',
  '    dnf install -y "$url"',
  '  elif command -v yum >/dev/null; then',
  '    yum install -y "$url"',
  '  else',
  '    rpm --upgrade --replacepkgs "$url"',
  '  fi',
];
